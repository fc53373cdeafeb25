import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))  # made_up_measured, shared with the tests of the report
