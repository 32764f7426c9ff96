package dev.bartizan.core;

import java.util.regex.Pattern;

/// What a check can settle: a short stable name from the list in `knowledge`, such as
/// `code-runs-on-load`.
///
/// Outcomes always speak of the weakness the claim is about: `Confirmed` means the weakness was
/// seen, whatever way round the name is phrased; the catalogue entry says what each outcome means
/// in words. A claim may be about one protocol of an element, which then follows a slash:
/// `protocol-broken/no-foreign-data`.
public record Claim(String name) implements Comparable<Claim> {
    private static final Pattern SHAPE =
            Pattern.compile("[a-z][a-z0-9-]{2,63}(/[A-Za-z0-9_.-]{1,64})?");

    public Claim {
        if (!SHAPE.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "Claim name \"" + name + "\" is not lower-case words with dashes");
        }
    }

    /// The same claim about one protocol.
    public Claim about(String protocol) {
        return new Claim(base() + "/" + protocol);
    }

    /// The name in the catalogue, without what it is about.
    public String base() {
        int slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    @Override
    public int compareTo(Claim other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
