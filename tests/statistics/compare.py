"""Where two JSON values differ."""

from math import isclose


def differences(told, counted, place="$"):
    """Each place at which what was told is not what was counted. Numbers that went through a
    root or an exponential are equal to nine digits."""
    if isinstance(told, dict) and isinstance(counted, dict):
        for key in told.keys() | counted.keys():
            if key not in told:
                yield f"{place}.{key} is not told"
            elif key not in counted:
                yield f"{place}.{key} is told, and by no definition"
            else:
                yield from differences(told[key], counted[key], f"{place}.{key}")
    elif isinstance(told, list) and isinstance(counted, list):
        if len(told) != len(counted):
            yield f"{place} has {len(told)} entries, counted are {len(counted)}"
        for at, pair in enumerate(zip(told, counted)):
            yield from differences(*pair, f"{place}[{at}]")
    elif not same(told, counted):
        yield f"{place} is told as {told!r}, counted as {counted!r}"


def same(told, counted):
    if isinstance(told, float) and isinstance(counted, (int, float)):
        return isclose(told, counted, rel_tol=1e-9, abs_tol=1e-9)
    return type(told) is type(counted) and told == counted
