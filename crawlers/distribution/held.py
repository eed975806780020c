"""A worker's leases of hosts that its crawls find: the scheduler's, the same as for whole sites.

The process in which Scrapy lives asks for them through its pipe, because only the worker talks to
the scheduler. A worker that is killed takes that process along, and the leases lapse.
"""

from __future__ import annotations

import threading

from distributed import Lock, Worker


def lease(key: str, worker: Worker | None = None) -> Lock:
    """The lease of a site, to be taken; in a thread that is no task's, name the worker."""
    name = f"ketawatch-site-{key}"
    return Lock(name, worker.scheduler, worker.loop) if worker else Lock(name)


class HeldLeases:
    """What a worker holds for one process."""

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self._held: dict[str, Lock] = {}
        self._lock = threading.Lock()
        self._closed = False

    def take(self, key: str, wait: float | None) -> bool:
        """Take a lease, waiting so many seconds; what comes after the end is given back."""
        try:
            taken = lease(key, self._worker)
            if not taken.acquire(timeout=wait):
                return False
        except OSError:  # the scheduler is gone; whoever leads will say so
            return False
        with self._lock:
            if not self._closed:
                self._held[key] = taken
                return True
        taken.release()
        return False

    def free(self, key: str) -> None:
        """Give a lease back."""
        with self._lock:
            held = self._held.pop(key, None)
        if held is not None:
            held.release()

    def end(self) -> None:
        """Give all back: the process is gone."""
        with self._lock:
            self._closed = True
            left = list(self._held)
        for key in left:
            self.free(key)
