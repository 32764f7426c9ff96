package dev.bartizan.guard.tools;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// A leaf of a call's arguments with the part it plays.
///
/// @param path where it stands, such as `to[0]`
/// @param role what it decides
/// @param value its text
record Argument(String path, Role role, String value) {
    private static final int MAX_ARGUMENTS = 400;
    private static final Pattern EMAIL =
            Pattern.compile("[^\\s@<>\"]+@[^\\s@<>\"]+\\.[^\\s@<>\"]{2,}");
    private static final Pattern URL =
            Pattern.compile("(?i)^(https?|ftp|wss?)://\\S+$|^www\\.\\S+$");
    private static final Pattern IBAN = Pattern.compile("^[A-Z]{2}\\d{2}[ A-Z0-9]{10,32}$");
    private static final Pattern PATH =
            Pattern.compile("^(~|\\.{0,2}/|[A-Za-z]:\\\\)[^\\n]*$|^[\\w./-]+\\.[A-Za-z0-9]{1,5}$");
    private static final Set<String> RECIPIENTS =
            Set.of(
                    "to",
                    "cc",
                    "bcc",
                    "recipient",
                    "recipients",
                    "email",
                    "emails",
                    "address",
                    "addressee",
                    "phone",
                    "channel",
                    "user",
                    "users",
                    "username",
                    "attendee",
                    "attendees",
                    "participant",
                    "participants",
                    "payee",
                    "account",
                    "iban",
                    "invitee",
                    "invitees",
                    "guest",
                    "guests",
                    "member",
                    "contact",
                    "receiver",
                    "destination",
                    "beneficiary",
                    "wallet",
                    "person",
                    "who",
                    "number",
                    "target",
                    "group",
                    "room",
                    "handle",
                    "collaborator",
                    "merchant",
                    "vendor");
    private static final Set<String> ADDRESSES =
            Set.of(
                    "url",
                    "uri",
                    "link",
                    "endpoint",
                    "webhook",
                    "href",
                    "domain",
                    "host",
                    "website",
                    "site",
                    "callback");
    private static final Set<String> COMMANDS =
            Set.of(
                    "command",
                    "cmd",
                    "script",
                    "code",
                    "shell",
                    "sql",
                    "statement",
                    "program",
                    "expression",
                    "commands",
                    "args");
    private static final Set<String> PATHS =
            Set.of(
                    "path",
                    "file",
                    "filename",
                    "filepath",
                    "directory",
                    "folder",
                    "dir",
                    "paths",
                    "files",
                    "src",
                    "dst",
                    "dest",
                    "attachment",
                    "attachments",
                    "repo",
                    "repository",
                    "branch",
                    "package");
    private static final Set<String> AMOUNTS =
            Set.of(
                    "amount",
                    "price",
                    "quantity",
                    "total",
                    "sum",
                    "budget",
                    "limit",
                    "cost",
                    "qty",
                    "units",
                    "shares",
                    "percent");
    private static final Set<String> TEXTS =
            Set.of(
                    "body",
                    "content",
                    "subject",
                    "message",
                    "text",
                    "title",
                    "description",
                    "summary",
                    "note",
                    "notes",
                    "comment",
                    "reason",
                    "memo",
                    "query",
                    "q",
                    "topic",
                    "html",
                    "caption",
                    "reference");

    /// What an argument decides.
    enum Role {
        RECIPIENT,
        ADDRESS,
        COMMAND,
        PATH,
        AMOUNT,
        TEXT,
        OTHER
    }

    /// The leaves of the arguments.
    static List<Argument> of(JsonNode arguments, Effect effect) {
        List<Argument> out = new ArrayList<>();
        collect("", "", arguments, effect, out, 0);
        return out;
    }

    private static void collect(
            String path, String key, JsonNode node, Effect effect, List<Argument> out, int depth) {
        if (out.size() >= MAX_ARGUMENTS || depth > 12) {
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
        } else if (!node.isNull() && !node.isBoolean()) {
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
        if (words.stream().anyMatch(AMOUNTS::contains)
                && value.chars().anyMatch(Character::isDigit)
                && value.length() < 24) {
            return Role.AMOUNT;
        }
        if (words.stream().anyMatch(COMMANDS::contains)
                || (effect == Effect.EXECUTE
                        && !isNumber
                        && (words.contains("query") || words.contains("input")))) {
            return Role.COMMAND;
        }
        boolean isText = words.stream().anyMatch(TEXTS::contains);
        if (URL.matcher(value).matches()
                || (words.stream().anyMatch(ADDRESSES::contains) && !isText)) {
            return Role.ADDRESS;
        }
        if (EMAIL.matcher(value).matches() || IBAN.matcher(value).matches()) {
            return Role.RECIPIENT;
        }
        if (isText) {
            return Role.TEXT;
        }
        if (words.contains("id") || words.contains("ids") || words.contains("uuid")) {
            return Role.OTHER;
        }
        if (words.stream().anyMatch(PATHS::contains)
                || (PATH.matcher(value).matches() && !isNumber)) {
            return Role.PATH;
        }
        if (words.stream().anyMatch(RECIPIENTS::contains) && value.length() < 200) {
            return Role.RECIPIENT;
        }
        return isNumber && effect == Effect.MONEY && !words.contains("id")
                ? Role.AMOUNT
                : Role.OTHER;
    }

    /// The value as a number, or NaN.
    double number() {
        String digits = value.replaceAll("[^0-9.-]", "");
        try {
            return Double.parseDouble(digits);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
