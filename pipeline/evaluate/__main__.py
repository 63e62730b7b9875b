"""``python -m pipeline.evaluate GOLD RECORDS``."""

import sys

from pipeline.evaluate.command import main

sys.exit(main())
