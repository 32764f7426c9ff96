package dev.bartizan.guard.secrets;

import dev.bartizan.guard.regex.Expression;
import java.util.List;

/// One rule for secrets, as gitleaks writes them.
///
/// @param id stable name
/// @param expression linear-time expression
/// @param longest most characters of a match
/// @param secretGroup group that holds the secret; 0 for the first non-empty one
/// @param entropy least bits per character of the secret; 0 for no test
/// @param keywords lower-case texts one of which must occur; empty for always
/// @param allowed expressions for secrets that are none, also words that show an example
/// @param hint what can be said of the surroundings of a keyword
public record SecretRule(
        String id,
        Expression expression,
        int longest,
        int secretGroup,
        double entropy,
        List<String> keywords,
        List<Expression> allowed,
        Hint hint) {
    /// What can be said of the surroundings of a keyword before the expression is tried.
    public enum Hint {
        /// Nothing.
        NONE,
        /// The keyword begins the secret, and no letter or digit stands before it.
        STARTS,
        /// A word with a digit, or a very long one, stands close behind the keyword.
        DIGIT_FOLLOWS,
        /// The same, and the expression starts with the keyword.
        VALUE_BEHIND
    }

    /// Copies the lists.
    public SecretRule {
        keywords = List.copyOf(keywords);
        allowed = List.copyOf(allowed);
    }
}
