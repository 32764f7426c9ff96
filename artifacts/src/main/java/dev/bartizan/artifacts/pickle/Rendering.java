package dev.bartizan.artifacts.pickle;

import dev.bartizan.artifacts.pickle.Value.Attribute;
import dev.bartizan.artifacts.pickle.Value.Bytes;
import dev.bartizan.artifacts.pickle.Value.Extension;
import dev.bartizan.artifacts.pickle.Value.Group;
import dev.bartizan.artifacts.pickle.Value.Imported;
import dev.bartizan.artifacts.pickle.Value.Made;
import dev.bartizan.artifacts.pickle.Value.Persistent;
import dev.bartizan.artifacts.pickle.Value.Plain;
import dev.bartizan.artifacts.pickle.Value.Text;
import dev.bartizan.artifacts.pickle.Value.Unknown;
import dev.bartizan.artifacts.pickle.Value.Whole;
import java.util.List;

/// Values as short Python-like text, bounded in depth and length.
final class Rendering {
    private static final int DEEPEST = 4;
    private static final int MOST_ITEMS = 6;
    private static final int LONGEST_TEXT = 120;
    private static final int LONGEST = 400;

    private final boolean usesLabels;

    private Rendering(boolean usesLabels) {
        this.usesLabels = usesLabels;
    }

    static String brief(Value value) {
        return new Rendering(false).shown(value);
    }

    /// The same; what an account named before goes by that name.
    static String labelled(Value value) {
        return new Rendering(true).shown(value);
    }

    private String shown(Value value) {
        if (value instanceof Imported imported) {
            return imported.what().shown();
        }
        StringBuilder text = new StringBuilder();
        write(value, text, 0);
        return cut(text.toString());
    }

    /// A dotted name.
    static String name(String dotted) {
        return cut(escaped(dotted));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    static String call(Value callable, Value arguments) {
        return call(brief(callable), arguments, brief(arguments));
    }

    /// A call of what goes by that name; parts go by the names an account gave them.
    static String labelledCall(String callable, Value arguments) {
        return call(callable, arguments, labelled(arguments));
    }

    private static String call(String callable, Value arguments, String shown) {
        boolean isTuple = arguments instanceof Group group && group.kind == Group.Kind.TUPLE;
        if (!isTuple) {
            return callable + "(*" + shown + ")";
        }
        return callable
                + (shown.endsWith(",)") ? shown.substring(0, shown.length() - 2) + ")" : shown);
    }

    private void write(Value value, StringBuilder into, int depth) {
        if (depth > DEEPEST || into.length() > LONGEST) {
            into.append('…');
            return;
        }
        switch (value) {
            case Plain plain -> into.append(plain.shown());
            case Whole whole -> into.append(whole.value());
            case Text text -> into.append(quoted(text.value()));
            case Bytes bytes -> into.append("<").append(bytes.bytes().size()).append(" bytes>");
            case Imported imported -> into.append(imported.what().shown());
            case Attribute attribute -> {
                write(attribute.of(), into, depth + 1);
                into.append('.').append(escaped(attribute.name()));
            }
            case Persistent persistent -> {
                into.append("persistent(");
                write(persistent.id(), into, depth + 1);
                into.append(')');
            }
            case Extension extension ->
                    into.append("extension(").append(extension.code()).append(')');
            case Unknown unknown -> into.append('<').append(unknown.why()).append('>');
            case Group group -> group(group, into, depth);
            case Made made when usesLabels && !made.label().isEmpty() -> into.append(made.label());
            case Made made -> {
                write(made.callable, into, depth + 1);
                write(made.arguments, into, depth + 1);
            }
        }
    }

    private void group(Group group, StringBuilder into, int depth) {
        String brackets =
                switch (group.kind) {
                    case TUPLE -> "()";
                    case LIST -> "[]";
                    case SET, FROZEN_SET, DICT -> "{}";
                };
        into.append(brackets.charAt(0));
        List<Value> items = group.items();
        for (int i = 0; i < items.size() && i < MOST_ITEMS; i++) {
            write(items.get(i), into, depth + 1);
            boolean isKey = group.kind == Group.Kind.DICT && i % 2 == 0;
            boolean isLast = i == items.size() - 1;
            into.append(
                    isKey
                            ? ": "
                            : !isLast
                                    ? ", "
                                    : items.size() == 1 && group.kind == Group.Kind.TUPLE
                                            ? ","
                                            : "");
        }
        if (group.count() > MOST_ITEMS) {
            into.append("… ").append(group.count()).append(" in all");
        }
        into.append(brackets.charAt(1));
    }

    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    static String quoted(String text) {
        return "'" + escaped(text) + "'";
    }

    private static String escaped(String text) {
        if (text.length() <= LONGEST_TEXT && isPrintable(text)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        int at = 0;
        for (int count = 0; count < LONGEST_TEXT && at < text.length(); count++) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            boolean isHidden =
                    Character.isISOControl(c)
                            || Character.getType(c) == Character.FORMAT
                            || Character.getType(c) == Character.SURROGATE;
            if (isHidden) {
                String digits = Integer.toHexString(c);
                shown.append("\\u").repeat('0', Math.max(0, 4 - digits.length())).append(digits);
            } else {
                shown.appendCodePoint(c);
            }
        }
        return text.length() > LONGEST_TEXT ? shown.append('…').toString() : shown.toString();
    }
}
