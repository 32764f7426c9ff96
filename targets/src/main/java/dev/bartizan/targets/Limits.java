package dev.bartizan.targets;

import java.time.Duration;

/// Bounds of one exchange with an endpoint.
///
/// @param connect longest wait for a connection
/// @param firstByte longest wait from sending to the head of the answer
/// @param total longest exchange, body and redirects included
/// @param responseBytes most bytes of an answer that are read; the rest is cut off
public record Limits(Duration connect, Duration firstByte, Duration total, int responseBytes) {
    private static final int MAX_RESPONSE_BYTES = 64 << 20;

    /// What checks use.
    public static final Limits DEFAULT =
            new Limits(
                    Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofSeconds(40), 2 << 20);

    public Limits {
        if (!connect.isPositive() || !firstByte.isPositive() || !total.isPositive()) {
            throw new IllegalArgumentException("Time limits are above zero");
        }
        if (responseBytes < 1 || responseBytes > MAX_RESPONSE_BYTES) {
            throw new IllegalArgumentException(
                    "An answer is limited to 1.."
                            + MAX_RESPONSE_BYTES
                            + " bytes, given "
                            + responseBytes);
        }
    }
}
