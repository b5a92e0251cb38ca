"""What acts say of money: the periods always add up to the maximum."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inclusion_desk.documents.actes_cout import decoupe, periodes
from inclusion_desk.domain.actes import Tranche
from tests.documents.fabrique_actes import acte

JOURS = st.dates(date(2023, 1, 1), date(2027, 12, 31))
TRANCHES = st.lists(
    st.builds(
        lambda rang, debut, jours, montant: Tranche(rang, debut, debut + timedelta(days=jours), montant),
        st.integers(0, 3),
        JOURS,
        st.integers(0, 900),
        st.integers(0, 99_999_999),
    ),
    max_size=8,
).map(tuple)


@given(TRANCHES)
def test_periods_add_up_to_the_maximum_each_once(tranches: tuple[Tranche, ...]) -> None:
    for modele in ("9", "10", "convention"):
        un = acte(modele, tranches=tranches)
        toutes = periodes(un)
        assert sum(une.montant for une in toutes) == un.montant
        assert all(une.montant for une in toutes)
        assert decoupe(un) in {(), toutes}


@given(TRANCHES)
def test_only_what_covers_the_days_of_another_act_adds_to_it(tranches: tuple[Tranche, ...]) -> None:
    toutes = periodes(acte("10", tranches=tuple(t for t in tranches if t.rang == 0)))
    assert not any(une.complement for une in toutes)
    for rang, une in enumerate(periodes(acte("10", tranches=tranches))):
        avant = periodes(acte("10", tranches=tranches))[:rang]
        assert not une.complement or any(a.debut <= une.fin and une.debut <= a.fin for a in avant)


def test_one_maximum_is_not_shared_out() -> None:
    assert decoupe(acte("6")) == ()
    assert len(decoupe(acte("9"))) == len(decoupe(acte("10"))) == 2
