"""A run's sites shared out among workers: orders out, finished providers into the run's ledger.

Who leads keeps the one ledger; workers put each finished provider whole into the run's folder, and
its rows are taken over from there. So the tables are made by the same code from the same rows,
whoever looked. What was put before a worker, or the leader, was killed is taken over, too.
"""

from __future__ import annotations

import shutil
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, Queue
from typing import TYPE_CHECKING

from crawlers.distribution.hand import HandLost
from crawlers.distribution.lanes import lanes
from crawlers.distribution.order import Order, Post, parcel_name
from crawlers.distribution.parcel import fetch, merge
from crawlers.ledger.addresses import FAILED, Address, Step
from crawlers.ledger.past import RUNS_BACK
from crawlers.ledger.site_ledger import SiteLedger
from crawlers.responses.failures import Trouble
from crawlers.runs.loop import STOP_SIGNALS
from crawlers.runs.plan import home_of
from crawlers.runs.progress import Progress
from crawlers.runs.work import Work
from data.cluster import Crew, vigil
from data.depot import Depot
from data.errors import KetawatchError
from data.models import Failure, Provider
from data.store import PARTIAL, Store, now
from data.tables import RUN_TABLES
from data.version import VERSION
from data.vocabulary import PageType

if TYPE_CHECKING:
    from distributed import Future


@dataclass(frozen=True, slots=True)
class _Lead:
    work: Work
    depot: Depot
    progress: Progress

    def take_over(self, provider: Provider) -> None:
        """What a worker put, into the run's ledger."""
        provider_id = provider.provider_id
        parcel = fetch(self.depot, self.work.folder, provider_id)
        merge(parcel, self.work.ledger, provider_id)
        self.progress.finished()

    def give_up(self, provider: Provider) -> None:
        """Say that our own program died at this site, several times."""
        ledger = SiteLedger(self.work.ledger, provider.provider_id)
        home, trouble = Address(home_of(provider), PageType.HOME), Trouble("crawler_error")
        row = Failure(
            provider.provider_id, home.url, home.expected_type, trouble.failure_class,
            trouble.fault, trouble.remedy, 1, now(),
        )  # fmt: skip
        ledger.write(Step(failures=[row], found=[home], states={home.url: FAILED}))
        ledger.finish()
        self.progress.finished()


def look(work: Work, crew: Crew, progress: Progress, watch: Callable[[], None]) -> None:
    """Have all sites that are not done looked at by workers.

    Args:
        work: the open run.
        crew: the workers.
        progress: is told of each provider that is done.
        watch: called every second; what it raises ends the sitting.

    Raises:
        KeyboardInterrupt: somebody asked to stop; what was finished is kept.
        KetawatchError: a worker cannot go on, for want of disk or because of its version.
    """
    lead = _Lead(work, _depot(work, crew), progress)
    take_over_what_lies_there(work, lead.depot)
    todo = set(work.ledger.unfinished())
    waiting = [p for p in work.plan.providers if p.provider_id in todo]
    if not waiting:
        return
    total = len(work.plan.providers)
    with progress.start(total, total - len(waiting)), _interruptible():
        _share_out(lead, crew, lanes(waiting, work.config.own_hosts), watch)


def publish(work: Work, crew: Crew) -> None:
    """Put the tables beside what the workers put, and ``run.json`` last: now the run is whole."""
    if not crew.shared:
        return
    depot = _depot(work, crew)
    logs = sorted(p.relative_to(work.folder).as_posix() for p in work.folder.glob("trackers/*"))
    for name in (*logs, *(f"{table}.parquet" for table in RUN_TABLES), "run.json"):
        depot.put(work.folder / name, name)
    for provider in work.plan.providers:
        depot.remove(parcel_name(provider.provider_id))


def clear(work: Work) -> None:
    """Remove the parcels: their rows are in the tables."""
    shutil.rmtree(work.folder / "parcels", ignore_errors=True)


def _depot(work: Work, crew: Crew) -> Depot:
    """The run's folder as the workers know it."""
    if not crew.shared:
        return Depot(str(work.folder.resolve()))
    run_id = work.folder.name.removeprefix(PARTIAL)
    return Depot(f"{crew.shared.rstrip('/')}/runs/{run_id}")


def take_over_what_lies_there(work: Work, depot: Depot | None = None) -> None:
    """Providers that were finished when the leader was killed, but not taken over."""
    depot = depot or Depot(str(work.folder))
    todo = set(work.ledger.unfinished())
    for provider_id in sorted(todo):
        if depot.has(parcel_name(provider_id)):
            merge(fetch(depot, work.folder, provider_id), work.ledger, provider_id)


def _post(work: Work, depot: Depot, shared: str | None) -> Post:
    store = Store(work.folder.parent.parent)
    return Post(
        run_id=work.ledger.meta["run_id"],
        folder=depot.address,
        store=str(store.path.resolve()),
        shared=shared,
        earlier=tuple(store.run_ids()[-RUNS_BACK:]),
        config=work.config,
        limits=work.plan.limits,
        delay=work.delay,
        opened=work.opened,
        render=work.render,
        version=VERSION,
    )


def _share_out(lead: _Lead, crew: Crew, orders: list[Order], watch: Callable[[], None]) -> None:
    from distributed.comm.core import CommClosedError

    from crawlers.distribution import task

    client, post = crew.client, _post(lead.work, lead.depot, crew.shared)
    names = [f"ketawatch-{post.run_id}-{order.providers[0].provider_id}" for order in orders]
    given = [post] * len(orders), orders
    made = client.map(task.look_at, *given, key=names, pure=False, retries=1)
    order_of = dict(zip(made, orders, strict=True))
    done: Queue[Future[None]] = Queue()
    for future in made:
        future.add_done_callback(done.put)
    have_workers = vigil(client)
    try:
        while order_of:
            watch()
            have_workers()
            with suppress(Empty):
                future = done.get(timeout=1)
                _settle(lead, future, order_of.pop(future))
    except (CancelledError, CommClosedError) as error:  # whichever notices first
        raise KetawatchError(
            "The scheduler is gone.", "Start it and call again; what was finished is kept."
        ) from error
    finally:
        # A scheduler that is gone has nobody to dismiss, and would be waited for.
        if client.status == "running":
            with suppress(OSError):
                client.cancel(list(order_of))
                client.run(task.dismiss, post.folder, on_error="ignore")


def _settle(lead: _Lead, future: Future[None], order: Order) -> None:
    """Take over what an order brought; a site that our own program dies of is given up.

    Raises:
        CancelledError: the scheduler is gone.
    """
    from distributed.scheduler import KilledWorker

    with suppress(KilledWorker, HandLost):  # what it brought before that counts all the same
        future.result()
    for provider in order.providers:
        if lead.depot.has(parcel_name(provider.provider_id)):
            lead.take_over(provider)
        else:
            lead.give_up(provider)
    future.release()


@contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM and SIGINT stop a run as Ctrl-C does, also one whose shell had it ignore SIGINT."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    numbers = [getattr(signal, name) for name in STOP_SIGNALS if hasattr(signal, name)]
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
