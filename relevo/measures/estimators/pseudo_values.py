"""What each life adds to the mean time spent up to a horizon, the censored ones too: pseudo-values for regression."""

import numpy as np

from relevo.base.errors import DataRefused
from relevo.measures.estimators.lives import Array, Numbers, lives_table


def time_spent(durations: Numbers, events: Numbers, n: Numbers, horizon: float) -> Array:
    """Per counted cell the pseudo-value of the restricted mean up to `horizon`, in the unit of the durations.

    N m - (N - 1) m_without: m is the area under the product-limit curve of all N lives, m_without that without one
    life of the cell. Where nobody is censored before the horizon it is the life's own time, cut at the horizon. Their
    regression on a covariate gives differences of restricted means (Andersen, Hansen and Klein 2004). The lives must
    be alike in when they are censored: ask once per stratum. The work grows with the square of the distinct
    durations, so round them. Refuses lives of which none was followed as far as the horizon while some go on.
    """
    lives = lives_table(np.minimum(np.asarray(durations, dtype=float), horizon), _inside(durations, events, horizon), n)
    times = np.unique(lives.durations)
    at_risk = np.array([lives.n[lives.durations >= t].sum() for t in times])
    gone = np.array([(lives.n * lives.events)[lives.durations == t].sum() for t in times])
    if times.size and times[-1] < horizon and gone[-1] < at_risk[-1]:
        raise DataRefused(
            f"Nobody was followed for {horizon:g}; the longest is {times[-1]:g}.", "Choose a shorter horizon."
        )
    total = float(lives.n.sum())
    whole = _area(times, at_risk, gone, horizon)
    alike, which = np.unique(np.stack([lives.durations, lives.events]), axis=1, return_inverse=True)
    without = [_area(times, at_risk - (times <= d), gone - e * (times == d), horizon) for d, e in alike.T]
    return np.asarray(total * whole - (total - 1) * np.array(without)[which.ravel()], dtype=float)


def _inside(durations: Numbers, events: Numbers, horizon: float) -> Array:
    """Events up to the horizon; what happens later is not seen."""
    return np.where(np.asarray(durations, dtype=float) <= horizon, np.asarray(events, dtype=float), 0.0)


def _area(times: Array, at_risk: Array, gone: Array, horizon: float) -> float:
    """The area under the product-limit curve; where nobody is at risk any more it stays as it is."""
    share = np.divide(gone, at_risk, out=np.zeros_like(gone), where=at_risk > 0)
    heights = np.concatenate([[1.0], np.cumprod(1 - share)])
    return float(np.diff(np.concatenate([[0.0], times, [horizon]])) @ heights)
