/// Regular expressions in RE2's syntax, found in time linear in the text by automata that are made
/// while texts are read; groups and what the automata do not understand are left to RE2/J.
@NullMarked
package dev.bartizan.guard.regex;

import org.jspecify.annotations.NullMarked;
