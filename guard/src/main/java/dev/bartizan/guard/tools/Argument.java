package dev.bartizan.guard.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A leaf of a call's arguments with the part it plays.
///
/// @param path where it stands, such as `to[0]`
/// @param role what it decides
/// @param value its text
record Argument(String path, Role role, String value) {
    private static final int MAX_ARGUMENTS = 400;
    private static final int MAX_DEPTH = 12;
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@<>\"]+@[^\\s@<>\"]+\\.[^\\s@<>\"]{2,}");
    private static final Pattern URL =
            Pattern.compile("(?i)^(https?|ftp|wss?)://\\S+$|^www\\.\\S+$");
    private static final Pattern IBAN = Pattern.compile("^[A-Z]{2}\\d{2}[ A-Z0-9]{10,32}$");
    private static final Pattern PATH =
            Pattern.compile("^(~|\\.{0,2}/|[A-Za-z]:\\\\)[^\\n]*$|^[\\w./-]+\\.[A-Za-z0-9]{1,5}$");
    private static final Pattern MOMENT =
            Pattern.compile(
                    "\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}\\S{0,12})?|\\d{1,2}[./]\\d{1,2}[./](?:\\d{4}|\\d{2})?|\\d{1,2}:\\d{2}");
    private static final Vocabulary RECIPIENTS = Vocabulary.of("key recipients");
    private static final Vocabulary ADDRESSES = Vocabulary.of("key addresses");
    private static final Vocabulary COMMANDS = Vocabulary.of("key commands");
    private static final Vocabulary PATHS = Vocabulary.of("key paths");
    private static final Vocabulary AMOUNTS = Vocabulary.of("key amounts");
    private static final Vocabulary TEXTS = Vocabulary.of("key texts");
    private static final Pattern POWER = Pattern.compile("[-+]?\\d+(?:\\.\\d*)?[eE][-+]?\\d+");
    private static final int LONGEST_RECIPIENT = 200;
    private static final int LONGEST_AMOUNT = 24;

    /// What an argument decides.
    enum Role {
        RECIPIENT,
        ADDRESS,
        COMMAND,
        PATH,
        AMOUNT,
        TEXT,
        FLAG,
        OTHER
    }

    /// The leaves of the arguments.
    static List<Argument> of(JsonNode arguments, Effect effect) {
        List<Argument> out = new ArrayList<>();
        collect("", "", arguments, effect, out, 0);
        return out;
    }

    /// Whether all leaves of the arguments are among those that are looked at: what lies deeper or
    /// behind too many others is not.
    static boolean areAllSeen(JsonNode arguments) {
        return leaves(arguments, 0) <= MAX_ARGUMENTS;
    }

    private static int leaves(JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            return MAX_ARGUMENTS + 1;
        }
        if (!node.isContainer()) {
            return 1;
        }
        int leaves = 0;
        for (JsonNode child : node) {
            leaves += leaves(child, depth + 1);
            if (leaves > MAX_ARGUMENTS) {
                break;
            }
        }
        return leaves;
    }

    private static void collect(
            String path, String key, JsonNode node, Effect effect, List<Argument> out, int depth) {
        if (out.size() >= MAX_ARGUMENTS || depth > MAX_DEPTH) {
            return;
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                collect(
                        path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                        entry.getKey(),
                        entry.getValue(),
                        effect,
                        out,
                        depth + 1);
            }
        } else if (node.isArray()) {
            int index = 0;
            for (JsonNode child : node) {
                collect(path + "[" + index++ + "]", key, child, effect, out, depth + 1);
            }
        } else if (node.isBoolean()) {
            if (node.asBoolean()) {
                out.add(new Argument(path, Role.FLAG, "true"));
            }
        } else if (!node.isNull()) {
            String value = node.asString("");
            Role role = role(key, value, node.isNumber(), effect);
            if (role == Role.RECIPIENT
                    && value.contains("@")
                    && (value.contains(",") || value.contains(";"))) {
                for (String one : value.split("[,;]", -1)) {
                    out.add(new Argument(path, role, one.strip()));
                }
            } else if (!value.isBlank()) {
                out.add(new Argument(path, role, value.strip()));
            }
        }
    }

    private static Role role(String key, String value, boolean isNumber, Effect effect) {
        List<String> words = Texts.words(key);
        if (AMOUNTS.hasAny(words) && (isNumber || isAmount(value))) {
            return Role.AMOUNT;
        }
        boolean runs = effect == Effect.EXECUTE && !isNumber;
        boolean isProgram = runs || value.indexOf(' ') > 0 || value.indexOf('(') > 0;
        if ((COMMANDS.hasAny(words) && isProgram)
                || (runs && (words.contains("query") || words.contains("input")))) {
            return Role.COMMAND;
        }
        if (MOMENT.matcher(value).matches()) {
            return Role.OTHER;
        }
        boolean isText = TEXTS.hasAny(words);
        if (URL.matcher(value).matches() || (ADDRESSES.hasAny(words) && !isText)) {
            return Role.ADDRESS;
        }
        if (isRecipient(value)) {
            return Role.RECIPIENT;
        }
        if (isText) {
            return Role.TEXT;
        }
        if (words.contains("id") || words.contains("ids") || words.contains("uuid")) {
            return Role.OTHER;
        }
        boolean isPath = PATH.matcher(value).matches() && !isNumber;
        if (PATHS.hasAny(words) || isPath) {
            return Role.PATH;
        }
        if (RECIPIENTS.hasAny(words) && value.length() < LONGEST_RECIPIENT) {
            return Role.RECIPIENT;
        }
        return isNumber && effect == Effect.MONEY ? Role.AMOUNT : Role.OTHER;
    }

    private static boolean isAmount(String value) {
        boolean hasDigit = value.chars().anyMatch(Character::isDigit);
        return hasDigit
                && (value.length() < LONGEST_AMOUNT
                        || value.chars().noneMatch(Character::isLetter));
    }

    private static boolean isRecipient(String value) {
        if (EMAIL.matcher(value).matches() || IBAN.matcher(value).matches()) {
            return true;
        }
        List<Atom> atoms = Atom.in(value);
        return atoms.size() == 1
                && atoms.getFirst().kind() != Atom.Kind.PATH
                && atoms.getFirst().value().length() == Texts.plain(value).length();
    }

    /// Its own name, lower case: `to` of `mail.to[0]`.
    String key() {
        String name = path.replaceAll("\\[\\d+\\]$", "");
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /// What the value may mean as a number: `1.250,00` is 1250, `1.250` is 1250 and 1.25; empty for
    /// one that is none.
    List<Double> numbers() {
        return POWER.matcher(value).matches()
                ? List.of(Double.parseDouble(value))
                : Amounts.in(value);
    }
}
