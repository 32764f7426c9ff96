package dev.bartizan.range;

import dev.bartizan.core.Digest;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;

/// Chance that can be repeated: whether a flaw shows depends only on the seed, the flaw, the
/// request and how often that same request came before. Requests at temperature 0 always draw
/// alike.
final class Dice {
    private static final int SLOTS = 1 << 14;
    private static final double TWO_TO_53 = 0x1p53;

    private final long seed;
    private final AtomicIntegerArray seen = new AtomicIntegerArray(SLOTS);

    Dice(long seed) {
        this.seed = seed;
    }

    /// The draw of one request.
    ///
    /// @param request everything that tells it from others: principal and messages
    /// @param isSampled whether its temperature is above 0
    Draw draw(String request, boolean isSampled) {
        Digest digest = Digest.of(request);
        int slot = (int) Long.parseUnsignedLong(digest.hex().substring(0, 8), 16) & (SLOTS - 1);
        int before = isSampled ? seen.getAndIncrement(slot) : 0;
        return new Draw(seed, digest.hex(), before);
    }

    /// One request's chances, one for each name.
    ///
    /// @param seed of the session
    /// @param request digest of the request
    /// @param before requests of its slot that came before it
    record Draw(long seed, String request, int before) {
        /// Whether something with that rate happens.
        boolean happens(String name, double rate) {
            return uniform(name) < rate;
        }

        /// One of `of` choices, from 0.
        int choice(String name, int of) {
            return (int) (uniform(name) * of);
        }

        private double uniform(String name) {
            Digest digest =
                    Digest.composite(
                            Map.of(
                                    "seed",
                                    Long.toString(seed),
                                    "request",
                                    request,
                                    "before",
                                    Integer.toString(before),
                                    "name",
                                    name));
            long bits = Long.parseUnsignedLong(digest.hex().substring(0, 16), 16) >>> 11;
            return bits / TWO_TO_53;
        }
    }
}
