package dev.bartizan.formats.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// A cursor over the fields of one protobuf message. Sub-messages share one budget.
///
/// Stricter than protobuf asks: groups and over-long numbers are refused.
final class ProtobufInput {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int FIXED32 = 5;

    private static final int MAX_VARINT_BYTES = 10;

    /// What all messages of one file may use up together.
    private static final class Budget {
        private int messages;

        Budget(int messages) {
            this.messages = messages;
        }
    }

    private final ByteBuffer bytes;
    private final Budget budget;
    private final int depth;
    private final int end;
    private int position;
    private int tagPosition;
    private int field;
    private int wireType;

    ProtobufInput(ByteBuffer bytes, OnnxLimits limits) {
        this(
                bytes.slice().order(ByteOrder.LITTLE_ENDIAN),
                new Budget(limits.maxMessages()),
                limits.maxDepth(),
                0,
                bytes.remaining());
    }

    private ProtobufInput(ByteBuffer bytes, Budget budget, int depth, int position, int end) {
        this.bytes = bytes;
        this.budget = budget;
        this.depth = depth;
        this.position = position;
        this.end = end;
    }

    /// Goes to the next field; false at the end of the message.
    boolean next() throws OnnxFormatException {
        if (position == end) {
            return false;
        }
        tagPosition = position;
        long tag = rawVarint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (tag >>> 32 != 0 || field == 0) {
            throw malformed("A field with tag " + tag + " is no protobuf field");
        }
        return true;
    }

    int field() {
        return field;
    }

    boolean isPacked() {
        return wireType == LENGTH;
    }

    long offset() {
        return tagPosition;
    }

    OnnxFormatException malformed(String what) {
        return new OnnxFormatException(what, tagPosition);
    }

    private OnnxFormatException overLimit(String what) {
        return OnnxFormatException.limit(what, tagPosition);
    }

    long varint() throws OnnxFormatException {
        require(VARINT);
        return rawVarint();
    }

    private long rawVarint() throws OnnxFormatException {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            if (position == end) {
                throw malformed("A number runs past the end of its message");
            }
            byte b = bytes.get(position++);
            value |= (long) (b & 0x7f) << (7 * i);
            if (b >= 0) {
                return value;
            }
        }
        throw malformed("A number is longer than " + MAX_VARINT_BYTES + " bytes");
    }

    float fixed32() throws OnnxFormatException {
        require(FIXED32);
        return bytes.getFloat(take(Float.BYTES));
    }

    /// Eight bytes as they stand.
    long fixed64() throws OnnxFormatException {
        require(FIXED64);
        return bytes.getLong(take(Long.BYTES));
    }

    private int take(long length) throws OnnxFormatException {
        if (length < 0 || length > end - position) {
            throw malformed(
                    "A field promises "
                            + Long.toUnsignedString(length)
                            + " bytes, "
                            + (end - position)
                            + " are left in its message");
        }
        int start = position;
        position += (int) length;
        return start;
    }

    /// The bytes of a length-prefixed field, not copied.
    ByteBuffer view() throws OnnxFormatException {
        require(LENGTH);
        int length = Math.clamp(rawVarint(), -1, Integer.MAX_VALUE);
        int start = take(length);
        return bytes.slice(start, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    OnnxBytes content() throws OnnxFormatException {
        spend();
        return OnnxBytes.view(view());
    }

    String name() throws OnnxFormatException {
        return text(OnnxLimits.MAX_NAME_BYTES);
    }

    String text(int maxBytes) throws OnnxFormatException {
        spend();
        ByteBuffer view = view();
        if (view.remaining() > maxBytes) {
            throw overLimit(
                    "A text of " + view.remaining() + " bytes is over the limit of " + maxBytes);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(view)
                    .toString();
        } catch (CharacterCodingException e) {
            OnnxFormatException broken = malformed("A text is not valid UTF-8");
            broken.initCause(e);
            throw broken;
        }
    }

    /// A message inside this one.
    ProtobufInput message() throws OnnxFormatException {
        spend();
        if (depth <= 1) {
            throw overLimit("Parts are nested deeper than the limit");
        }
        require(LENGTH);
        int length = Math.clamp(rawVarint(), -1, Integer.MAX_VALUE);
        int start = take(length);
        return new ProtobufInput(bytes, budget, depth - 1, start, start + length);
    }

    private void spend() throws OnnxFormatException {
        if (budget.messages-- <= 0) {
            throw overLimit("The model has more parts than the limit");
        }
    }

    void skip() throws OnnxFormatException {
        switch (wireType) {
            case VARINT -> rawVarint();
            case FIXED64 -> take(Long.BYTES);
            case LENGTH -> view();
            case FIXED32 -> take(Integer.BYTES);
            default -> throw malformed("Wire type " + wireType + " is not taken");
        }
    }

    private void require(int wanted) throws OnnxFormatException {
        if (wireType != wanted) {
            throw malformed(
                    "Field " + field + " has wire type " + wireType + ", expected " + wanted);
        }
    }
}
