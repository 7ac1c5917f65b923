# @generated from openapi/ by `python -m codegen` - DO NOT EDIT.
"""Methods of `client.participant_erasures`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aragora._core.call import Op
from aragora._core.options import RequestOptions
from aragora._core.resource import AsyncResource, Resource

if TYPE_CHECKING:
    from aragora.types.custody import ParticipantErasure


def _ParticipantErasure() -> type[ParticipantErasure]:
    from aragora.types import ParticipantErasure

    return ParticipantErasure


_CREATE: Op[ParticipantErasure] = Op(
    id="eraseParticipant",
    method="POST",
    path="/v1/participant-erasures",
    returns=_ParticipantErasure,
    sends="application/json",
    repeatable=True,
    takes_key=True,
)
_GET: Op[ParticipantErasure] = Op(
    id="getParticipantErasure",
    method="GET",
    path="/v1/participant-erasures/{participant_erasure_id}",
    returns=_ParticipantErasure,
    repeatable=True,
)


class ParticipantErasuresResource(Resource):
    """Operations on participant erasures."""

    def create(
        self, *, participant: str, legal_basis: str, request_options: RequestOptions | None = None
    ) -> ParticipantErasure:
        """Erase a participant from every receipt.

        Deletes every text of the agents and persons of this name, in all receipts that the
        workspace has now: name, persona, role, ballots, dissent and messages, each receipt in a
        transaction of its own, as `eraseDisclosures` does it. What others wrote stays. Receipts
        that a legal hold covers are left whole and told. It is done in the background: read how far
        it is. The name itself is not kept.

        Args:
            participant: The name of an agent or a person. The whole name counts, its case does
                not; models are no names.
            legal_basis: Why, as a code such as `gdpr_art_17`. It is part of every bundle from
                now on.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidRequest, MalformedRequest, RateLimited, RequestTimeout, ScopeMissing,
            StorageFull, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                participant_erasure = client.participant_erasures.create(
                    participant="Ada Lovelace",
                    legal_basis="gdpr_art_17",
                )
                print(participant_erasure)
        """
        return self._call(
            _CREATE,
            {
                "participant": participant,
                "legal_basis": legal_basis,
            },
            request_options,
        )

    def get(
        self, participant_erasure_id: str, *, request_options: RequestOptions | None = None
    ) -> ParticipantErasure:
        """How far the erasure of a participant is.

        Over when `done_at` is set. What was held is not tried again by itself; ask again when the
        hold is released.

        Args:
            participant_erasure_id: The erasure of a participant.

        Raises:
            InternalError, InvalidRequest, NotFound, ParticipantErasureNotFound, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            participant_erasure_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                participant_erasure = client.participant_erasures.get(participant_erasure_id)
                print(participant_erasure)
        """
        return self._call(
            _GET,
            {
                "participant_erasure_id": participant_erasure_id,
            },
            request_options,
        )


class AsyncParticipantErasuresResource(AsyncResource):
    """Operations on participant erasures."""

    async def create(
        self, *, participant: str, legal_basis: str, request_options: RequestOptions | None = None
    ) -> ParticipantErasure:
        """Erase a participant from every receipt.

        Deletes every text of the agents and persons of this name, in all receipts that the
        workspace has now: name, persona, role, ballots, dissent and messages, each receipt in a
        transaction of its own, as `eraseDisclosures` does it. What others wrote stays. Receipts
        that a legal hold covers are left whole and told. It is done in the background: read how far
        it is. The name itself is not kept.

        Args:
            participant: The name of an agent or a person. The whole name counts, its case does
                not; models are no names.
            legal_basis: Why, as a code such as `gdpr_art_17`. It is part of every bundle from
                now on.

        Raises:
            BodyTooLarge, IdempotencyInProgress, IdempotencyKeyReused, InternalError,
            InvalidRequest, MalformedRequest, RateLimited, RequestTimeout, ScopeMissing,
            StorageFull, Unauthenticated, UnsupportedMediaType

        Example:
            from aragora import Aragora

            with Aragora() as client:
                participant_erasure = client.participant_erasures.create(
                    participant="Ada Lovelace",
                    legal_basis="gdpr_art_17",
                )
                print(participant_erasure)
        """
        return await self._call(
            _CREATE,
            {
                "participant": participant,
                "legal_basis": legal_basis,
            },
            request_options,
        )

    async def get(
        self, participant_erasure_id: str, *, request_options: RequestOptions | None = None
    ) -> ParticipantErasure:
        """How far the erasure of a participant is.

        Over when `done_at` is set. What was held is not tried again by itself; ask again when the
        hold is released.

        Args:
            participant_erasure_id: The erasure of a participant.

        Raises:
            InternalError, InvalidRequest, NotFound, ParticipantErasureNotFound, RateLimited,
            ScopeMissing, Unauthenticated

        Example:
            from aragora import Aragora

            participant_erasure_id = "01943f6e-7c1a-7b3d-9e55-0a6c1f2b3d4e"

            with Aragora() as client:
                participant_erasure = client.participant_erasures.get(participant_erasure_id)
                print(participant_erasure)
        """
        return await self._call(
            _GET,
            {
                "participant_erasure_id": participant_erasure_id,
            },
            request_options,
        )
