/** Verify a decision receipt offline, with WebCrypto alone. */
export { type Disclosure, parseDisclosure, reveal } from "./disclosure.js";
export { KeyFileError, type PublicKey, pinKeys } from "./keys.js";
export {
  type Check,
  type CheckName,
  type CheckResult,
  REQUIRED,
  type Verification,
  type VerificationVerdict,
} from "./result.js";
export { type VerifyOptions, verify } from "./verify.js";
