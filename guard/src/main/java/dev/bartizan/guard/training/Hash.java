package dev.bartizan.guard.training;

/// Hashes that stay the same between runs and machines.
final class Hash {
    private Hash() {}

    /// FNV-1a of the characters, finished with an avalanche.
    static long of(CharSequence text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash ^= hash >>> 32;
        hash *= 0xd6e8feb86659fd93L;
        return hash ^ (hash >>> 32);
    }

    /// A bucket in `[0, buckets)`.
    static int bucket(CharSequence text, int buckets) {
        return (int) Long.remainderUnsigned(of(text), buckets);
    }
}
