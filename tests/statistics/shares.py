"""A share, how well it is known, and whether two of them differ."""

from math import erfc, sqrt

QUANTILE = 1.959964


def share(answers):
    """Passed and total of answers, with Wilson's 95 % interval."""
    answers = list(answers)
    x, n = sum(answer.passed for answer in answers), len(answers)
    if n == 0:
        return {"passed": 0, "total": 0, "rate": None, "low": None, "high": None}
    low, high = wilson(x, n)
    return {"passed": x, "total": n, "rate": x / n, "low": low, "high": high}


def wilson(x, n):
    """The ends are the two shares q at which (x/n - q)² = z² q(1-q)/n: solved for q, where kata
    takes a centre and a margin."""
    z2 = QUANTILE**2
    a, b, c = n + z2, -(2 * x + z2), x * x / n
    root = sqrt(max(b * b - 4 * a * c, 0.0))
    # The root that does not cancel, and the other from their product.
    high = (-b + root) / (2 * a)
    low = c / (a * high)
    return low, min(high, 1.0)


def drift(recent, before):
    """Two shares, and the two-proportion z-test of them."""
    x1, n1, x2, n2 = recent["passed"], recent["total"], before["passed"], before["total"]
    x, n = x1 + x2, n1 + n2
    z = p = None
    if n > 0 and min(n1, n2) * min(x, n - x) >= 5 * n:
        q = x / n
        z = (x1 / n1 - x2 / n2) / sqrt(q * (1 - q) * (1 / n1 + 1 / n2))
        p = erfc(abs(z) / sqrt(2))
    differs = p is not None and p < 0.05
    return {"recent": recent, "before": before, "z": z, "p": p, "differs": differs}
