package dev.bartizan.artifacts.spi;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntUnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The matches of an expression in a text, each the one that a {@link Matcher} finds, but looked
/// for only where the expression may begin. What it may begin with is read from the expression
/// itself; a long text is passed over many times faster so, and still faster where expressions are
/// {@link Sought} together.
public final class Finds {
    private static final Map<Pattern, Sought> ALONE = new ConcurrentHashMap<>();

    private final String text;
    private final Matcher matcher;

    /// Tells where the expression may begin next; empty when that is anywhere.
    private final Optional<IntUnaryOperator> places;

    /// Where the next search begins; negative when there is none.
    private int next;

    private Finds(Pattern pattern, String text, Optional<IntUnaryOperator> places) {
        this.text = text;
        this.matcher = pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
        this.places = places;
    }

    /// The matches of an expression in a text, none of them looked for yet.
    ///
    /// @param pattern one of a few that are kept, not one made for this text
    public static Finds of(Pattern pattern, String text) {
        return ALONE.computeIfAbsent(pattern, Sought::of).in(text).finds(pattern);
    }

    static Finds anywhere(Pattern pattern, String text) {
        return new Finds(pattern, text, Optional.empty());
    }

    static Finds at(IntUnaryOperator places, Pattern pattern, String text) {
        return new Finds(pattern, text, Optional.of(places));
    }

    /// Whether an expression matches anywhere in a text.
    public static boolean any(Pattern pattern, String text) {
        return of(pattern, text).find();
    }

    /// A text without what an expression matches.
    public static String without(Pattern pattern, String text) {
        Finds finds = of(pattern, text);
        if (!finds.find()) {
            return text;
        }
        StringBuilder rest = new StringBuilder(text.length());
        int from = 0;
        do {
            rest.append(text, from, finds.start());
            from = finds.end();
        } while (finds.find());
        return rest.append(text, from, text.length()).toString();
    }

    /// Finds the next match, behind the last one.
    public boolean find() {
        return next >= 0 && find(next);
    }

    /// Finds the first match that begins at a place or behind it.
    public boolean find(int from) {
        return find(from, text.length() + 1);
    }

    /// Finds the first match that begins at a place or behind it, and before another.
    public boolean find(int from, int before) {
        boolean isFound = search(from, before) && matcher.start() < before;
        next = !isFound ? -1 : matcher.end() + (matcher.end() > matcher.start() ? 0 : 1);
        return isFound;
    }

    private boolean search(int from, int before) {
        int end = text.length();
        if (from > end || from >= before) {
            return false;
        }
        if (places.isEmpty()) {
            return matcher.find(from);
        }
        IntUnaryOperator begins = places.get();
        for (int at = begins.applyAsInt(from);
                at >= 0 && at < before;
                at = begins.applyAsInt(at + 1)) {
            if (matcher.region(at, end).lookingAt()) {
                return true;
            }
        }
        return false;
    }

    /// Where the match starts.
    public int start() {
        return matcher.start();
    }

    /// Where the match ends.
    public int end() {
        return matcher.end();
    }

    /// The match.
    public String group() {
        return matcher.group();
    }

    /// A group of the match, null where it matched nothing.
    public String group(int number) {
        return matcher.group(number);
    }

    /// The match, to be kept.
    public MatchResult result() {
        return matcher.toMatchResult();
    }

    /// All further matches.
    public Stream<MatchResult> results() {
        return Stream.generate(this::find).takeWhile(isFound -> isFound).map(_ -> result());
    }
}
