package dev.bartizan.formats.onnx;

/// How much of a model is read before it is refused.
///
/// @param maxBytes size of the file
/// @param maxMessages nodes, tensors, attributes, strings and other parts, all together
/// @param maxDepth graphs, types and attributes nested in one another
public record OnnxLimits(long maxBytes, int maxMessages, int maxDepth) {
    /// Fits models up to half a gigabyte with everything inline.
    public static final OnnxLimits DEFAULT = new OnnxLimits(1L << 29, 4_000_000, 64);

    /// More dimensions than any operator takes are a broken tensor.
    static final int MAX_RANK = 64;

    /// Names longer than this are refused.
    static final int MAX_NAME_BYTES = 1 << 16;

    /// Documentation and metadata longer than this are refused.
    static final int MAX_TEXT_BYTES = 1 << 24;

    public OnnxLimits {
        if (maxBytes < 1 || maxMessages < 1 || maxDepth < 1) {
            throw new IllegalArgumentException("Limits are positive");
        }
        if (maxBytes > Integer.MAX_VALUE - 16L) {
            throw new IllegalArgumentException(
                    "A protobuf message has less than 2 GiB, given a limit of " + maxBytes);
        }
    }
}
