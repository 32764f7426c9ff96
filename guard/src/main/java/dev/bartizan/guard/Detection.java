package dev.bartizan.guard;

/// Something a stage saw in a text.
///
/// @param type short stable name, such as `override` or `EMAIL_ADDRESS`
/// @param start first code point in the original text
/// @param end code point after the last, in the original text
/// @param score how sure the stage is, 0..1
/// @param reason plain words
public record Detection(String type, int start, int end, double score, String reason) {
    /// Checks the range.
    public Detection {
        if (start < 0 || end < start) {
            throw new IllegalArgumentException("range [" + start + ", " + end + ") is not a span");
        }
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score " + score + " is not in 0..1");
        }
    }
}
