"""Messages of the shapes that servers send, about a letter to a reader of ours."""


def postfix(to, status="5.1.1", action="failed", said=None):
    """As Postfix writes them."""
    said = said or f"smtp; 550 {status} <samira@example.org>: Recipient address rejected"
    return f"""\
Return-Path: <>
Received: by mx.example.fr (Postfix) id 4F2; Thu, 26 Nov 2026 10:00:00 +0100 (CET)
Date: Thu, 26 Nov 2026 10:00:00 +0100 (CET)
From: MAILER-DAEMON@mx.example.fr (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: {to}
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="4F2.1"

This is a MIME-encapsulated message.

--4F2.1
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--4F2.1
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.fr
X-Postfix-Queue-ID: 4F2
Arrival-Date: Thu, 26 Nov 2026 09:59:58 +0100 (CET)

Final-Recipient: rfc822; samira@example.org
Original-Recipient: rfc822;samira@example.org
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.org
Diagnostic-Code: {said}

--4F2.1
Content-Description: Undelivered Message
Content-Type: message/rfc822

From: Alpha <lettres@example.fr>
To: samira@example.org
Subject: La lettre du lundi

Bonjour
--4F2.1--
""".encode()


def exchange(to, status="5.7.1"):
    """As Exchange writes them: base64 of a text before, several lines folded."""
    return f"""\
From: Microsoft Outlook <MicrosoftExchange329e@example.org>
To: Alpha <{to.upper()}>
Subject: =?utf-8?B?Tm9uIHJlbWlzwqA6IExhIGxldHRyZQ==?=
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="_5a"

--_5a
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

Vm90cmUgbWVzc2FnZSBu4oCZYSBwYXMgcHUgw6p0cmUgcmVtaXMu

--_5a
Content-Type: message/delivery-status

Reporting-MTA: dns;AM0PR.example.org

Final-recipient: RFC822;
 samira@example.org
Action: failed
Status: {status}
Diagnostic-code: smtp;550 {status} RESOLVER.RST.AuthRequired;
 authentication required

--_5a--
""".encode()


def feedback(unsubscribe, kind="abuse"):
    """As providers send them to an address that holds no key of ours (RFC 5965)."""
    return f"""\
From: <abusedesk@example.com>
Date: Thu, 26 Nov 2026 17:40:36 +0100
Subject: FW: La lettre du lundi
To: <abuse@example.fr>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="part1"

--part1
Content-Type: text/plain; charset="US-ASCII"

This is an email abuse report.

--part1
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: SomeGenerator/1.0
Version: 1

--part1
Content-Type: message/rfc822
Content-Disposition: inline

From: Alpha <lettres@example.fr>
To: <Undisclosed Recipients>
Subject: La lettre du lundi
List-Unsubscribe: <{unsubscribe}>
List-Unsubscribe-Post: List-Unsubscribe=One-Click

Bonjour
--part1--
""".encode()


def out_of_office(to):
    return f"""\
From: samira@example.org
To: {to}
Subject: Absence du bureau
Auto-Submitted: auto-replied

Je suis absente. Mon collègue 5.1.1 vous répond.
""".encode()
