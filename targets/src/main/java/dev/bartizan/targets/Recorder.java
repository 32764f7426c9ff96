package dev.bartizan.targets;

import dev.bartizan.core.RawMaterial;
import dev.bartizan.targets.Exchange.Answered;
import dev.bartizan.targets.Exchange.Cut;
import dev.bartizan.targets.Exchange.Unanswered;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// Keeps exchanges as lines of JSON, without credentials, bounded each and in all. Safe for use by
/// several threads.
public final class Recorder {
    private static final int MAX_TEXT = 8_192;
    private static final int MAX_CHARS = 8 << 20;
    private static final List<String> HEADERS =
            List.of(
                    "content-type",
                    "location",
                    "retry-after",
                    "server",
                    "www-authenticate",
                    "x-powered-by");

    private final Redactor redactor;
    private final StringBuilder lines = new StringBuilder();
    private int count;
    private int leftOut;

    /// @param redactor what takes credentials out
    public Recorder(Redactor redactor) {
        this.redactor = redactor;
    }

    /// Keeps an exchange.
    ///
    /// @param principal who asked; empty for nobody
    public synchronized void keep(Call call, String principal, Exchange exchange) {
        count++;
        ObjectNode line = BoundedJson.MAPPER.createObjectNode();
        line.put("exchange", count);
        line.put("as", principal.isEmpty() ? "nobody" : principal);
        ObjectNode request = line.putObject("request");
        request.put("method", call.method());
        request.put("uri", redactor.redact(call.uri().toString()));
        request.put("body", bounded(call.body()));
        switch (exchange) {
            case Answered answered -> addAnswer(line.putObject("response"), answered);
            case Unanswered unanswered -> line.put("failure", redactor.redact(unanswered.detail()));
        }
        String text = BoundedJson.write(line);
        if (lines.length() + text.length() > MAX_CHARS) {
            leftOut++;
            return;
        }
        lines.append(text).append('\n');
    }

    private void addAnswer(ObjectNode node, Answered answered) {
        node.put("status", answered.status());
        ObjectNode headers = node.putObject("headers");
        for (String name : HEADERS) {
            answered.header(name).ifPresent(value -> headers.put(name, bounded(value)));
        }
        node.put("body", bounded(answered.body()));
        if (answered.cut() != Cut.WHOLE) {
            node.put("cut", answered.cut().name().toLowerCase(Locale.ROOT));
        }
    }

    private String bounded(String text) {
        String safe = redactor.redact(text);
        return safe.length() <= MAX_TEXT
                ? safe
                : safe.substring(0, MAX_TEXT) + "… (" + (safe.length() - MAX_TEXT) + " more)";
    }

    /// Everything kept so far, as a file.
    ///
    /// @param name its name; other characters than letters, digits, dot, dash become a dash
    public synchronized RawMaterial material(String name) {
        String last = leftOut == 0 ? "" : "{\"left-out\":" + leftOut + "}\n";
        String plain = name.replaceAll("[^A-Za-z0-9.-]", "-").replaceAll("^\\.", "-");
        String shortened = plain.length() > 100 ? plain.substring(0, 100) : plain;
        return RawMaterial.text(shortened + ".jsonl", "application/jsonl", lines + last);
    }

    /// How many exchanges there were.
    public synchronized int count() {
        return count;
    }
}
