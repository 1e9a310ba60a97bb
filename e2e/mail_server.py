#!/usr/bin/env python3
"""A real mail server (aiosmtpd) for the browser tests: takes mail, and prints each as a line of JSON.

  python3 mail_server.py --port 2525 [--tls starttls|always --cert FILE --key FILE] [--login USER:PASSWORD]
"""
import argparse
import asyncio
import json
import logging
import ssl

from aiosmtpd.smtp import SMTP, AuthResult

logging.disable(logging.CRITICAL)


class Box:
    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if address.endswith("@elsewhere.test"):
            return "554 5.7.1 Relay access denied"
        if address.startswith("nobody@"):
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):
        tls = server.transport.get_extra_info("ssl_object") is not None
        print(json.dumps({"to": envelope.rcpt_tos, "from": envelope.mail_from, "tls": tls,
                          "mail": envelope.content.decode()}), flush=True)
        return "250 kept"


async def serve(args):
    context = None
    if args.tls:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(args.cert, args.key)
    user, _, password = args.login.partition(":")

    def check(_server, _session, _envelope, _mechanism, data):
        right = data.login.decode() == user and data.password.decode() == password
        return AuthResult(success=right, handled=False)

    def one():
        return SMTP(Box(), hostname="peer.test", enable_SMTPUTF8=True,
                    tls_context=context if args.tls == "starttls" else None, require_starttls=args.tls == "starttls",
                    authenticator=check if args.login else None, auth_required=bool(args.login),
                    auth_require_tls=args.tls == "starttls")

    loop = asyncio.get_running_loop()
    server = await loop.create_server(one, args.host, args.port, ssl=context if args.tls == "always" else None)
    print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
    await server.serve_forever()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--tls", choices=["starttls", "always"])
    parser.add_argument("--cert")
    parser.add_argument("--key")
    parser.add_argument("--login", default="")
    asyncio.run(serve(parser.parse_args()))


if __name__ == "__main__":
    main()
