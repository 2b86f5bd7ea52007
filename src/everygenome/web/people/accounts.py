"""Accounts and roles: given and ended by an administrator or from the command line, with why."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from everygenome.errors import NotFoundError, UsageError
from everygenome.web.people import ended, sessions
from everygenome.web.people.addresses import cleaned
from everygenome.web.people.models import Account, RoleHeld
from everygenome.web.people.roles import ROLES

LONGEST_NAME = 120


def by_address(address: str) -> Account:
    """The account that an address belongs to.

    Raises:
        NotFoundError: there is none.
    """
    account = Account.objects.filter(email__iexact=address.strip()).first()
    if account is None:
        raise NotFoundError("No account has this address.", remedy="Check how it is written.")
    return account


@transaction.atomic
def invite(*, email: str, name: str, role: str, reason: str, by: Account | None) -> Account:
    """Make an account with a role, or give a role to the account that has this address.

    Args:
        email: where log-in codes go.
        name: what colleagues see.
        role: a name of `ROLES`.
        reason: why.
        by: an administrator; None: somebody at the command line of the server.

    Raises:
        UsageError: not allowed, no such role, no reason, or the role is held already.
        ValidationError: it is no address.
    """
    address = cleaned(email)
    if len(name.strip()) > LONGEST_NAME:
        raise UsageError(f"The name has more than {LONGEST_NAME} letters.")
    account = Account.objects.filter(email__iexact=address).first()
    if account is None:
        account = Account.objects.create_user(address, name=name.strip() or address)
    elif not account.is_active:
        account.is_active = True
        account.save(update_fields=["is_active"])
    give_role(account=account, role=role, reason=reason, by=by)
    return account


@transaction.atomic
def give_role(*, account: Account, role: str, reason: str, by: Account | None) -> RoleHeld:
    """Give a role.

    Raises:
        UsageError: not allowed, no such role, no reason, or held already.
    """
    _may(by, "give_role", reason)
    if role not in ROLES:
        raise UsageError(f"There is no role {role}.", remedy=f"Roles: {', '.join(ROLES)}.")
    try:
        with transaction.atomic():
            return account.roles_held.create(role=role, reason=reason.strip(), given_by=by)
    except IntegrityError:
        raise UsageError(f"The account has this role already: {role}.") from None


@transaction.atomic
def end_role(*, account: Account, role: str, reason: str, by: Account | None) -> RoleHeld:
    """End a role; what was done in it stays in the audit trail.

    Raises:
        UsageError: not allowed, no reason, or not held.
    """
    _may(by, "end_role", reason)
    held = account.roles_held.select_for_update().filter(role=role, ended_at=None).first()
    if held is None:
        raise UsageError(f"The account does not have this role: {role}.")
    held.ended_at, held.ended_by = timezone.now(), by
    held.reason = f"{held.reason}\nEnded: {reason.strip()}"
    held.save()
    ended.remember([held])
    return held


@transaction.atomic
def erase(*, account: Account, by: Account | None) -> None:
    """Erase who an account belongs to: name and address. What was decided stays, by its number."""
    _may(by, "erase", "on request")
    now = timezone.now()
    ended.remember(account.roles_held.filter(ended_at=None))
    account.roles_held.filter(ended_at=None).update(ended_at=now, ended_by=by)
    account.email = f"erased-{account.pk}@invalid.invalid"
    account.name, account.is_active, account.last_login = "", False, None
    account.set_unusable_password()
    account.save()
    # Log-in by passkey and by code both begin from these.
    for related in ("emailaddress_set", "authenticator_set"):
        getattr(account, related).all().delete()
    sessions.end(account)


def _may(by: Account | None, act: str, reason: str) -> None:
    if by is not None and not by.may(act):
        raise UsageError("None of your roles allows this.")
    if not reason.strip():
        raise UsageError("Please say why.")
