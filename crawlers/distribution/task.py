"""What Dask runs on a worker: one order, under the scheduler's lease of its sites."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from socket import gethostname

from distributed import get_worker

from crawlers.distribution.hand import Hand, HandLost
from crawlers.distribution.held import HeldLeases, lease
from crawlers.distribution.order import Order, Post
from data.depot import Depot
from data.errors import KetawatchError, UsageError
from data.version import VERSION

# One process for each run that this worker works for, shared by all of its threads.
_hands: dict[str, Hand] = {}
_changing = threading.Lock()


def look_at(post: Post, order: Order) -> None:
    """Have an order's providers looked at and put into the run's folder.

    Raises:
        KetawatchError: what kept it from being done, with this machine's name.
        HandLost: Scrapy's process died of it twice, the second time alone.
    """
    _require_same_version(post)
    _require_folder(post)
    scratch = Path(get_worker().local_directory)
    with _leased(order.keys):
        try:
            _do(post, order, scratch)
        except KetawatchError as error:
            raise type(error)(f"{gethostname()}: {error.message}", error.remedy) from error


def dismiss(folder: str) -> None:
    """End this worker's process for a run, and whatever it does; on each worker, at the end."""
    with _changing:
        hand = _hands.pop(folder, None)
    if hand is not None:
        hand.close()


def _shared_hand(post: Post, scratch: Path) -> Hand:
    with _changing:
        hand = _hands.get(post.folder)
        if hand is not None and (hand.lost or hand.post != post):
            hand.close()
            hand = None
        if hand is None:
            hand = _hands[post.folder] = _hand(post, scratch / post.run_id)
        return hand


def _hand(post: Post, scratch: Path) -> Hand:
    return Hand(post, scratch, HeldLeases(get_worker()))


def _do(post: Post, order: Order, scratch: Path) -> None:
    hand = _shared_hand(post, scratch)
    try:
        hand.do(order)
    except HandLost:
        if hand.closed:  # by whoever leads: the run ends here
            raise
        # It may have died of another order. So this one is done by itself.
        _do_alone(post, order, scratch)


def _do_alone(post: Post, order: Order, scratch: Path) -> None:
    hand = _hand(post, scratch / f"alone-{threading.get_ident()}")
    try:
        hand.do(order)
    finally:
        hand.close()


@contextmanager
def _leased(keys: Sequence[str]) -> Iterator[None]:
    """Hold the sites: nobody else asks their hosts, not even for another run or store.

    The leases live in the scheduler and lapse with the worker. All take them in the same order.
    """
    with ExitStack() as held:
        for key in sorted(keys):
            held.enter_context(lease(key))
        yield


def _require_same_version(post: Post) -> None:
    if post.version != VERSION:
        raise UsageError(
            f"{gethostname()}: its ketawatch is {VERSION}, and the run is led by {post.version}.",
            "Install the same version on all machines.",
        )


def _require_folder(post: Post) -> None:
    local = Depot(post.folder).local
    if local is not None and not local.parent.is_dir():
        raise UsageError(
            f"{gethostname()}: does not see {local}.",
            "Mount the store at the same path on all machines, or name --shared s3://....",
        )
