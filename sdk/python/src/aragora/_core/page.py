"""Pages that know how to get the next one."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from typing import Generic, Protocol, TypeVar

from aragora.errors import ResponseInvalid

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class PageModel(Protocol[T_co]):
    """The envelope of every list operation."""

    @property
    def items(self) -> Sequence[T_co]: ...
    @property
    def next_cursor(self) -> str | None: ...
    @property
    def request_id(self) -> str | None: ...


class _Cursors:
    """Cursors met so far: a repeated one would never end."""

    def __init__(self) -> None:
        self._met: set[str] = set()

    def meet(self, cursor: str) -> str:
        if cursor in self._met:
            raise ResponseInvalid(f"the server sent the cursor {cursor!r} twice")
        self._met.add(cursor)
        return cursor


class Page(Generic[T]):
    """One page; iterating it walks all items, over all following pages."""

    def __init__(
        self,
        envelope: PageModel[T],
        fetch: Callable[[str], PageModel[T]],
        cursors: _Cursors | None = None,
    ) -> None:
        self.items: list[T] = list(envelope.items)
        self.next_cursor = envelope.next_cursor
        self.request_id = envelope.request_id
        self._fetch = fetch
        self._cursors = cursors or _Cursors()

    @property
    def has_next(self) -> bool:
        """Whether another page follows."""
        return self.next_cursor is not None

    def next_page(self) -> Page[T]:
        """The following page; raises `LookupError` when there is none."""
        if self.next_cursor is None:
            raise LookupError("this is the last page; ask has_next first")
        return Page(self._fetch(self._cursors.meet(self.next_cursor)), self._fetch, self._cursors)

    def pages(self) -> Iterator[Page[T]]:
        """This page and all following ones."""
        page = self
        yield page
        while page.has_next:
            page = page.next_page()
            yield page

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items


class AsyncPage(Generic[T]):
    """One page; `async for` walks all items, over all following pages."""

    def __init__(
        self,
        envelope: PageModel[T],
        fetch: Callable[[str], Awaitable[PageModel[T]]],
        cursors: _Cursors | None = None,
    ) -> None:
        self.items: list[T] = list(envelope.items)
        self.next_cursor = envelope.next_cursor
        self.request_id = envelope.request_id
        self._fetch = fetch
        self._cursors = cursors or _Cursors()

    @property
    def has_next(self) -> bool:
        """Whether another page follows."""
        return self.next_cursor is not None

    async def next_page(self) -> AsyncPage[T]:
        """The following page; raises `LookupError` when there is none."""
        if self.next_cursor is None:
            raise LookupError("this is the last page; ask has_next first")
        envelope = await self._fetch(self._cursors.meet(self.next_cursor))
        return AsyncPage(envelope, self._fetch, self._cursors)

    async def pages(self) -> AsyncIterator[AsyncPage[T]]:
        """This page and all following ones."""
        page = self
        yield page
        while page.has_next:
            page = await page.next_page()
            yield page

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item
