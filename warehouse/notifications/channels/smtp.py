"""Mail, through the district's own server."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage

from warehouse.logs import logger
from warehouse.notifications.channels.errors import DeliveryError
from warehouse.notifications.message import Message
from warehouse.notifications.settings import NotificationSettings

_FOR_GOOD = 500


class Smtp:
    """Sends a mail to every address of `mail_to`."""

    name = "smtp"

    def __init__(self, chosen: NotificationSettings) -> None:
        self._chosen = chosen

    def send(self, message: Message) -> None:
        """Send the message; raises DeliveryError where nobody got it.

        Where only some addresses are refused, the log names them: sending again would tell the others twice.
        """
        try:
            with self._connected() as server:
                refused = server.send_message(self._mail(message))
        except smtplib.SMTPResponseException as error:
            reason = f"the mail server answered {error.smtp_code}"
            raise DeliveryError(reason, may_pass=error.smtp_code < _FOR_GOOD) from None
        except smtplib.SMTPRecipientsRefused as error:
            reason = f"the mail server refused {', '.join(error.recipients)}"
            raise DeliveryError(reason, may_pass=False) from None
        except ssl.SSLCertVerificationError as error:
            reason = f"the mail server's certificate is not trusted: {error.verify_message}"
            raise DeliveryError(reason, may_pass=False) from None
        except (smtplib.SMTPException, OSError) as error:
            raise DeliveryError(f"the mail server cannot be reached ({error})", may_pass=True) from None
        if refused:
            logger(__name__).error("refused by the mail server", addresses=sorted(refused))

    def _connected(self) -> smtplib.SMTP:
        chosen, timeout = self._chosen, self._chosen.timeout_seconds
        host = str(chosen.smtp_host)
        context = ssl.create_default_context()
        if chosen.smtp_security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, chosen.smtp_port, timeout=timeout, context=context)
        else:
            server = smtplib.SMTP(host, chosen.smtp_port, timeout=timeout)
        try:
            if chosen.smtp_security == "starttls":
                server.starttls(context=context)
            if chosen.smtp_user and chosen.smtp_password:
                server.login(chosen.smtp_user, chosen.smtp_password.get_secret_value())
        except BaseException:
            server.close()
            raise
        return server

    def _mail(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["Subject"] = message.title
        mail["From"] = self._chosen.mail_from
        mail["To"] = self._chosen.mail_to
        mail.set_content(message.text)
        return mail
