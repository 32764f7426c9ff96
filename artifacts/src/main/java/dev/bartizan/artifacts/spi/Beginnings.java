package dev.bartizan.artifacts.spi;

import java.util.Set;
import java.util.regex.Pattern;

/// What the matches of an expression begin with: one of some words, or a line or the text that
/// starts there. Some of these places may be no match after all, but each match begins so.
///
/// @param words anywhere; in ASCII and lower case, none of them empty
/// @param atLines at the start of a line, behind blanks if there are any; the empty word stands for
///   whatever begins the line
/// @param isAtStart whether at the start of the text
record Beginnings(Set<String> words, Set<String> atLines, boolean isAtStart) {
    /// Nothing is known of the expression.
    static final Beginnings ANYWHERE = new Beginnings(Set.of(), Set.of(), false);

    /// Reads them from an expression.
    static Beginnings of(Pattern pattern) {
        return BeginningsReader.read(pattern);
    }

    /// Whether matches may begin at any place.
    boolean isAnywhere() {
        return equals(ANYWHERE);
    }
}
