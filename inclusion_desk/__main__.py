"""Runs the program: ``python -m inclusion_desk``."""

import sys

from inclusion_desk.app import main

sys.exit(main())
