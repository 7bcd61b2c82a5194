"""What careers holds about people, why, and for how long (N31, N32, T6; notice map, section 4). Found by name."""

from careers.personal_data import applying as applying
from careers.personal_data import assessment as assessment
from careers.personal_data import files as files
from careers.personal_data import meetings as meetings
from careers.personal_data import pool as pool
from careers.personal_data import refusals as refusals
from careers.personal_data.applications import RECRUITMENT, TALENT_POOL

__all__ = ["RECRUITMENT", "TALENT_POOL"]
