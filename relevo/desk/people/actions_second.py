"""Everything that writes second factors: one-time codes of a program, and recovery codes for when it is lost.

allauth keeps the secrets and computes the codes; which code counts, and that it counts once, is decided here.
"""

from datetime import datetime

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth.models import User
from django.db import transaction

from relevo.base.errors import WrongUse
from relevo.desk.people.actions import log_audit

PERIOD_S = 30
# A code of the half minute before or after is taken too: clocks differ.
_AROUND = (-1, 0, 1)
_KINDS = ("totp", "recovery_codes")


def switch_on_codes(user: User, secret: str, code: str, now: datetime) -> tuple[str, ...]:
    """Ask this user for codes from now on; the recovery codes, shown once. Audited.

    WrongUse for a wrong code, and where codes are asked for already: to replace them is to switch them off first, which
    takes one of them as proof.
    """
    step = _step_of(secret, code, now) if secret else None
    if step is None:
        raise WrongUse(
            "This code does not belong to the secret.", "Look whether the phone's clock is right; try the next code."
        )
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)  # of two at the same moment one is first
        if Authenticator.objects.filter(user=user, type="totp").exists():
            raise WrongUse("One-time codes are on already.", "Switch them off with a code first, then on again.")
        Authenticator.objects.filter(user=user, type__in=_KINDS).delete()
        sealed = get_adapter().encrypt(secret)
        Authenticator.objects.create(user=user, type="totp", data={"secret": sealed, "step": step}, created_at=now)
        log_audit(user.username, "codes.switched_on", user.username, now)
        return _fresh_recovery(user)


def switch_off_codes(user: User, who: str, now: datetime) -> None:
    """Ask this user for no codes any more. Audited."""
    with transaction.atomic():
        gone, _ = Authenticator.objects.filter(user=user, type__in=_KINDS).delete()
        if gone:
            log_audit(who, "codes.switched_off", user.username, now)


def new_recovery_codes(user: User, now: datetime) -> tuple[str, ...]:
    """Ten other recovery codes; those of before count no more. Audited."""
    with transaction.atomic():
        Authenticator.objects.filter(user=user, type="recovery_codes").delete()
        log_audit(user.username, "recovery_codes.made", user.username, now)
        return _fresh_recovery(user)


def check_code(user: User, code: str, now: datetime) -> bool:
    """Whether a code of the program or a recovery code is right; each counts once, also when sent twice at a time."""
    with transaction.atomic():
        kept = {
            each.type: each for each in Authenticator.objects.select_for_update().filter(user=user, type__in=_KINDS)
        }
        return _is_of_program(kept.get("totp"), code, now) or _is_recovery(user, kept.get("recovery_codes"), code, now)


def _is_of_program(kept: Authenticator | None, code: str, now: datetime) -> bool:
    if kept is None:
        return False
    step = _step_of(get_adapter().decrypt(kept.data["secret"]), code, now)
    if step is None or step <= kept.data.get("step", 0):
        return False
    kept.data["step"] = step
    kept.last_used_at = now
    kept.save(update_fields=["data", "last_used_at"])
    return True


def _is_recovery(user: User, kept: Authenticator | None, code: str, now: datetime) -> bool:
    if kept is None or not RecoveryCodes(kept).validate_code(code):
        return False
    log_audit(user.username, "recovery_code.used", user.username, now)
    return True


def _step_of(secret: str, code: str, now: datetime) -> int | None:
    """The half minute whose code this is; None where it is none of those around now."""
    here, given = int(now.timestamp()) // PERIOD_S, "".join(code.split())
    steps = (here + around for around in _AROUND)
    return next((s for s in steps if given == format_hotp_value(hotp_value(secret, s))), None)


def _fresh_recovery(user: User) -> tuple[str, ...]:
    return tuple(RecoveryCodes.activate(user).get_unused_codes())
