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


class _Envelope(Generic[T]):
    """What both kinds of page hold."""

    def __init__(self, envelope: PageModel[T]) -> None:
        self.items: list[T] = list(envelope.items)
        self.next_cursor: str | None = envelope.next_cursor
        self.request_id: str | None = envelope.request_id

    @property
    def has_next(self) -> bool:
        """Whether another page follows."""
        return self.next_cursor is not None

    def _cursor(self) -> str:
        if self.next_cursor is None:
            raise LookupError("this is the last page; ask has_next first")
        return self.next_cursor


def _fresh(cursor: str | None, met: set[str | None]) -> None:
    """A walk that meets a cursor again would never end."""
    if cursor in met:
        raise ResponseInvalid(f"the server sent the cursor {cursor!r} twice")
    met.add(cursor)


class Page(_Envelope[T]):
    """One page; iterating it walks all items, over all following pages."""

    def __init__(self, envelope: PageModel[T], fetch: Callable[[str], PageModel[T]]) -> None:
        super().__init__(envelope)
        self._fetch = fetch

    def next_page(self) -> Page[T]:
        """The following page; raises `LookupError` when there is none."""
        return Page(self._fetch(self._cursor()), self._fetch)

    def pages(self) -> Iterator[Page[T]]:
        """This page and all following ones."""
        page, met = self, set[str | None]()
        yield page
        while page.has_next:
            _fresh(page.next_cursor, met)
            page = page.next_page()
            yield page

    def __iter__(self) -> Iterator[T]:
        for page in self.pages():
            yield from page.items


class AsyncPage(_Envelope[T]):
    """One page; `async for` walks all items, over all following pages."""

    def __init__(
        self, envelope: PageModel[T], fetch: Callable[[str], Awaitable[PageModel[T]]]
    ) -> None:
        super().__init__(envelope)
        self._fetch = fetch

    async def next_page(self) -> AsyncPage[T]:
        """The following page; raises `LookupError` when there is none."""
        return AsyncPage(await self._fetch(self._cursor()), self._fetch)

    async def pages(self) -> AsyncIterator[AsyncPage[T]]:
        """This page and all following ones."""
        page, met = self, set[str | None]()
        yield page
        while page.has_next:
            _fresh(page.next_cursor, met)
            page = await page.next_page()
            yield page

    async def __aiter__(self) -> AsyncIterator[T]:
        async for page in self.pages():
            for item in page.items:
                yield item
