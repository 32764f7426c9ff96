package dev.bartizan.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What one run saw about one claim at one element, or what somebody from outside says of it.
///
/// @param id `E-` and the start of the digest of everything else
/// @param claim what it speaks of
/// @param element id of the element
/// @param source the check, or who says so
/// @param outcome what was seen
/// @param summary one line for people
/// @param target what was looked at
/// @param parameters digest of the parameters
/// @param seed of the run; 0 from outside
/// @param started when
/// @param took how long
/// @param freshUntil when it grows old
/// @param isSimulated whether the target was a simulation
/// @param findings located defects
/// @param raw where the raw material lies, by path below the evidence folder
public record Evidence(
        String id,
        Claim claim,
        String element,
        Source source,
        Outcome outcome,
        String summary,
        Optional<TargetDigest> target,
        Digest parameters,
        long seed,
        Instant started,
        Duration took,
        Instant freshUntil,
        boolean isSimulated,
        List<Finding> findings,
        List<Attachment> raw) {
    public Evidence {
        findings = List.copyOf(findings);
        raw = List.copyOf(raw);
    }

    /// Where evidence comes from.
    public sealed interface Source {
        /// A check of this tool.
        ///
        /// @param check its id
        /// @param version of the check: raised when its answers can change
        /// @param tool version of the tool that ran it
        record OfCheck(String check, String version, String tool) implements Source {
            /// A check as this build would run it.
            public static OfCheck now(CheckCard card) {
                return new OfCheck(card.id(), card.version(), ToolVersion.NUMBER);
            }

            /// Whether both come from the same version of the same check, whatever tool ran it.
            public boolean isSameCheck(Source other) {
                return other instanceof OfCheck(String name, String number, String _)
                        && name.equals(check)
                        && number.equals(version);
            }
        }

        /// A test done by hand, with an owner.
        record Manual(String owner) implements Source {}

        /// A dated, owned document. Never stronger than `declared`.
        record Document(String owner) implements Source {}

        /// Another tool's result.
        record Imported(String tool) implements Source {}
    }

    /// A kept file.
    ///
    /// @param path below the evidence folder, with `/`
    /// @param digest of its bytes
    public record Attachment(String path, Digest digest) {}
}
