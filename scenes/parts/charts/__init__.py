"""Numbers along axes: lines, bars, points, maps, and the names beside them."""
