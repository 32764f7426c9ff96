package dev.bartizan.artifacts.paddle;

import dev.bartizan.artifacts.protobuf.Wire;
import dev.bartizan.artifacts.protobuf.Wire.Field;
import dev.bartizan.artifacts.spi.FormatAnalyser;
import dev.bartizan.artifacts.spi.Item;
import dev.bartizan.artifacts.spi.Notes;
import dev.bartizan.artifacts.spi.Rule;
import dev.bartizan.artifacts.text.CodeInText;
import dev.bartizan.artifacts.text.MetadataText;
import dev.bartizan.artifacts.text.TextRules;
import dev.bartizan.core.Severity;
import dev.bartizan.formats.FormatException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Programs of PaddlePaddle, `.pdmodel` (framework.proto, `ProgramDesc`): blocks of operators. Some
/// call Python, others read and write files.
public final class PaddleProgramAnalyser implements FormatAnalyser {
    private static final String CALL_STACK = "op_callstack";
    private static final int BLOCK = 1;
    private static final int OPERATOR = 4;
    private static final int TYPE = 3;
    private static final int ATTRIBUTE = 4;
    private static final int MOST_OPERATORS = 1_000_000;
    private static final Rule REACHES =
            Rule.code(
                    "paddle-operator-reaches-out",
                    "Do not run it; have the model exported again without the operator.",
                    "CWE-94",
                    "CWE-73");

    /// Operators that an exported model has no use for.
    private static final Map<String, Severity> OPERATORS =
            Map.of(
                    "py_func", Severity.CRITICAL,
                    "py_layer", Severity.CRITICAL,
                    "pylayer", Severity.CRITICAL,
                    "save", Severity.HIGH,
                    "save_combine", Severity.HIGH,
                    "load", Severity.HIGH,
                    "load_combine", Severity.MEDIUM,
                    "listen_and_serv", Severity.HIGH,
                    "send", Severity.HIGH,
                    "create_custom_reader", Severity.MEDIUM);

    /// Made for the list of formats.
    public PaddleProgramAnalyser() {}

    @Override
    public String format() {
        return "paddle-program";
    }

    @Override
    public boolean canHoldCode() {
        return true;
    }

    /// A message of blocks, each with a number, its parent's number, and operators that have types.
    @Override
    public boolean recognises(Item item) throws IOException {
        if (!item.bytes().has(0, (byte) 0x0a) || item.bytes().size() < 8) {
            return false;
        }
        try {
            Wire program = Wire.read(item.bytes());
            boolean isKnown =
                    program.fields().stream()
                            .allMatch(field ->
                                    field.number() == BLOCK
                                            || field.number() == 4
                                            || field.number() == 5);
            List<Field> blocks = program.all(BLOCK);
            return isKnown && !blocks.isEmpty() && isBlock(blocks.getFirst());
        } catch (FormatException e) {
            return false;
        }
    }

    private static boolean isBlock(Field field) throws IOException, FormatException {
        if (!field.isBytes()) {
            return false;
        }
        Wire block = Wire.read(field.bytes());
        boolean isNumbered =
                block.last(1).filter(number -> !number.isBytes()).isPresent()
                        && block.last(2).filter(parent -> !parent.isBytes()).isPresent();
        List<Field> operators = block.all(OPERATOR);
        return isNumbered
                && !operators.isEmpty()
                && operators.getFirst().isBytes()
                && Wire.read(operators.getFirst().bytes()).text(TYPE).matches("[a-z_0-9.]{1,80}");
    }

    @Override
    public void analyse(Item item, Notes notes) throws IOException, FormatException {
        Set<String> reported = new HashSet<>();
        int count = 0;
        for (Field block : Wire.read(item.bytes()).all(BLOCK)) {
            for (Field operator : Wire.read(block.bytes()).all(OPERATOR)) {
                if (++count > MOST_OPERATORS) {
                    throw FormatException.limit(
                            block.offset(), "More than " + MOST_OPERATORS + " operators");
                }
                Wire wire = Wire.read(operator.bytes());
                String type = wire.text(TYPE);
                Severity severity = OPERATORS.get(type);
                if (severity != null && reported.add(type)) {
                    notes.finding(
                            REACHES,
                            severity,
                            block.offset() + operator.offset(),
                            "The program has the operator "
                                    + type
                                    + ", which calls Python or touches files");
                }
                attributes(wire, type, notes);
            }
        }
        notes.coverAll();
    }

    /// Lines of the program that made the operator, as a traceback shows them, which call whatever
    /// programs call.
    private static void callStack(String what, Field text, Notes notes) throws IOException {
        CodeInText.attack(text.text())
                .ifPresent(attack ->
                        notes.finding(
                                TextRules.CODE_IN_METADATA,
                                Severity.HIGH,
                                text.offset(),
                                "The " + what + " holds a program: " + attack));
    }

    /// `OpDesc.Attr`: a name, and texts under 5 (one) and 8 (several).
    private static void attributes(Wire operator, String type, Notes notes)
            throws IOException, FormatException {
        for (Field field : operator.all(ATTRIBUTE)) {
            Wire attribute = Wire.read(field.bytes());
            String what = "attribute \"" + attribute.text(1) + "\" of " + type;
            for (Field text : attribute.fields()) {
                if (text.isBytes() && (text.number() == 5 || text.number() == 8)) {
                    if (attribute.text(1).equals(CALL_STACK)) {
                        callStack(what, text, notes);
                        continue;
                    }
                    MetadataText.look(
                            what.replaceAll("\\p{Cntrl}", "?"), Severity.HIGH, text.text(), notes);
                }
            }
        }
    }
}
