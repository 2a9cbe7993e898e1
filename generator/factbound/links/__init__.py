"""A built site in; every address in it that leads nowhere out, and every page to which nothing leads, at the line that
an editor can change."""

from .places import Made, problems_of
from .site import Broken, Checked, check_site, home_of

__all__ = ["Broken", "Checked", "Made", "check_site", "home_of", "problems_of"]
