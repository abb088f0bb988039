/**
 * Whether certificates lead to one that is trusted (RFC 5280, 6.1, as far as makers of keys use it): each is issued and signed
 * by the next, only authorities issue, and every one is within its time. Lists of revoked certificates are not fetched: the
 * metadata of a maker says what was compromised. Pure.
 */
import type { X509Certificate } from 'node:crypto';

const certificatesMax = 8;

/** `chain`: the leaf first, then what it brings along in any order. */
export function leadsTo(
  chain: readonly X509Certificate[],
  anchors: readonly X509Certificate[],
  nowMs: number,
): boolean {
  let [current, ...others] = chain.slice(0, certificatesMax);
  while (current && isInTime(current, nowMs)) {
    const subject = current;
    // A maker may vouch for the leaf itself.
    if (anchors.some((anchor) => anchor.raw.equals(subject.raw))) return true;
    if (anchors.some((anchor) => isInTime(anchor, nowMs) && isIssuedBy(subject, anchor))) return true;
    current = others.find((each) => each.ca && isIssuedBy(subject, each));
    others = others.filter((each) => each !== current);
  }
  return false;
}

function isIssuedBy(subject: X509Certificate, issuer: X509Certificate): boolean {
  return subject.checkIssued(issuer) && subject.verify(issuer.publicKey);
}

function isInTime({ validFromDate, validToDate }: X509Certificate, nowMs: number): boolean {
  return validFromDate.getTime() <= nowMs && nowMs <= validToDate.getTime();
}
