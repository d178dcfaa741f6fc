export interface SignIn {
  email: string;
  /** Only where it was made up just now and nobody has seen it yet. */
  newPassword: string | undefined;
  /** TOUCHSTONE_ADMIN_PASSWORD is set, so whoever set it knows it. */
  fromEnvironment: boolean;
}

/** How to sign in, in one line; a password is shown only while it is new. */
export function signInLine({ email, newPassword, fromEnvironment }: SignIn): string {
  if (fromEnvironment) return `Sign in as ${email} with the password in TOUCHSTONE_ADMIN_PASSWORD`;
  if (newPassword) return `Sign in as ${email} with the password ${newPassword} (shown only this once)`;
  return `Sign in as ${email} with the password that the first start printed`;
}
