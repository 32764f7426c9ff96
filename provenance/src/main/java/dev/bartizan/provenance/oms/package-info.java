/// Signatures of models as the OpenSSF Model Signing specification 1.0 lays them down: a Sigstore
/// bundle with a DSSE envelope, in it a statement that lists files with their digests. Verified
/// with a key or with certificates that the caller trusts, by the JDK alone.
@NullMarked
package dev.bartizan.provenance.oms;

import org.jspecify.annotations.NullMarked;
