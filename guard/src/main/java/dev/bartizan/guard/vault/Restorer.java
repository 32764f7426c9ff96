package dev.bartizan.guard.vault;

/// Puts values back into one answer that comes in chunks. It holds back what may be the beginning
/// of a token, at most the length of the longest one; everything else goes on at once. For one
/// thread.
public final class Restorer {
    private final Vault vault;
    private final StringBuilder held = new StringBuilder();

    Restorer(Vault vault) {
        this.vault = vault;
    }

    /// Takes a chunk; returns what can go on.
    public String next(String chunk) {
        held.append(chunk);
        return take(false);
    }

    /// What was held back, when the answer is over.
    public String end() {
        return take(true);
    }

    private String take(boolean isOver) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < held.length()) {
            int length = vault.match(held, at);
            if (length < 0 && !isOver) {
                break;
            }
            if (length < 0) {
                length = longestWithin(at);
            }
            if (length == 0) {
                out.append(held.charAt(at++));
            } else {
                out.append(vault.value(held.substring(at, at + length)));
                at += length;
            }
        }
        held.delete(0, at);
        return out.toString();
    }

    /// The longest token at a place where a longer one broke off.
    private int longestWithin(int at) {
        for (int end = held.length() - 1; end > at; end--) {
            String prefix = held.substring(at, end);
            int length = vault.match(prefix, 0);
            if (length >= 0) {
                return length;
            }
        }
        return 0;
    }
}
