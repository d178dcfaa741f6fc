/**
 * Why an address elsewhere was not asked, or gave no answer: webhooks, files brought from an address and models behind one
 * all fail for these. What a name leads to is not said, as whoever asks would learn of the own network.
 */
export const outgoingReasons = {
  outgoingNoAddress: "This is no whole address, such as https://example.org/file.jsonl. Write it with its scheme.",
  outgoingScheme: "An address begins with https:// or http://, and this one with “{scheme}:”. Use one of the two.",
  outgoingCredentials:
    "The address of “{host}” carries a name or a password, which logs would keep. Leave them out of it.",
  outgoingPrivate:
    "“{host}” leads into a network that is not public, so it was not asked. Whoever runs this installation can allow it: TOUCHSTONE_OUTGOING_ALLOW.",
  outgoingUnknownHost: "No address was found for “{host}”. Check how the name is spelled.",
  outgoingUnreachable: "“{host}” could not be reached ({detail}). Check that it runs and that its port is open.",
  outgoingCertificate: "The certificate of “{host}” was not accepted ({detail}). Renew it, or give its whole chain.",
  outgoingSlowConnection: "“{host}” took no connection in time. Check that it can be reached from this server.",
  outgoingSlowAnswer: "“{host}” took the request and did not begin an answer in time. Try again later.",
  outgoingStalled: "“{host}” stopped sending in the middle of its answer. Try again later.",
  outgoingTooLong: "The answer of “{host}” was not whole in the time that one request has. Try again, or ask for less.",
  outgoingRedirects: "“{host}” redirects again after {limit} redirects. Give the address where it ends.",
  outgoingRedirectNowhere: "“{host}” redirects without saying where to. Give the address where it should end.",
  outgoingTooLarge: "The answer of “{host}” has more than {limit} bytes, unpacked. Split it into parts.",
  outgoingEncoding: "The answer of “{host}” is packed as “{encoding}”, which can't be read. Send it as gzip or plain.",
  outgoingDamaged: "The answer of “{host}” is packed and damaged. Try again, or send it unpacked.",
  outgoingBrokeOff: "“{host}” ended the connection before its answer was whole. Try again.",
  outgoingNotHttp: "“{host}” answered with something else than HTTP. Check the port and the scheme.",
} as const;

export type OutgoingReason = keyof typeof outgoingReasons;
