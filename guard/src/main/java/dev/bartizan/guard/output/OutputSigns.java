package dev.bartizan.guard.output;

import dev.bartizan.guard.Detection;
import dev.bartizan.guard.Guard;
import dev.bartizan.guard.regex.Expression;
import dev.bartizan.guard.rules.AhoCorasick;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Signs in what a model wrote that need no context: code that calls out when it is run, and a
/// refusal. They inform; they do not bear on the verdict. Safe to share.
public final class OutputSigns implements Guard.Recogniser {
    private static final int BEFORE = 2;
    private static final int AFTER = 240;
    private static final int MOST = 50;
    private static final int HEAD = 400;

    /// A way that code reaches out.
    private record Call(List<String> words, Expression expression, double score, String reason) {}

    private static final List<Call> CALLS =
            List.of(
                    call(
                            "curl wget fetch irm iwr",
                            "(?i)\\b(curl|wget|fetch|irm|iwr|invoke-webrequest)\\b[^\\n|;]*[|;]\\s*(sudo\\s+)?(ba|z|da|k)?sh\\b",
                            0.9,
                            "downloads a script and runs it"),
                    call(
                            "/dev/tcp/ /dev/udp/",
                            "(?i)(/dev/(tcp|udp)/[\\w.$-]+/\\d+)",
                            0.95,
                            "opens a shell to another machine"),
                    call(
                            "ncat netcat nc",
                            "(?i)\\b(nc|ncat|netcat)\\b[^\\n]*\\s-[a-z]*[ec][a-z]*\\s+\\S*(sh|cmd)",
                            0.95,
                            "opens a shell to another machine"),
                    call(
                            "iex invoke-expression downloadstring",
                            "(?i)(iex|invoke-expression)\\b[^\\n]*(downloadstring|webclient|http)",
                            0.9,
                            "downloads a script and runs it"),
                    call(
                            "requests. urllib httpx. axios xmlhttprequest sendbeacon fetch(",
                            "(?i)(requests\\.(post|put|get)|urllib\\.request\\.urlopen|httpx\\.(post|get)|axios\\.(post|get)|navigator\\.sendbeacon|fetch)\\s*\\(\\s*f?[\"'`]https?://",
                            0.5,
                            "sends a request to a fixed address"),
                    call(
                            "curl",
                            "(?i)\\bcurl\\b[^\\n]*\\s(-d|--data[a-z-]*|-F|-T|--upload-file)\\s*\\S*(\\$\\(|`|@|\\$\\{?\\w)",
                            0.8,
                            "sends a file or the output of a command to an address"),
                    call(
                            "<script <iframe javascript: onerror onload",
                            "(?i)(<script[\\s>]|<iframe[\\s>]|javascript:\\s*\\w|\\son(error|load|click|mouseover)\\s*=)",
                            0.6,
                            "runs when a page shows it"));
    private static final List<String> REFUSALS =
            List.of(
                    "i can't help with",
                    "i cannot help with",
                    "i can't assist",
                    "i cannot assist",
                    "i won't help",
                    "i'm unable to help",
                    "i am unable to help",
                    "i'm not able to help",
                    "i can't provide",
                    "i cannot provide",
                    "i can't comply",
                    "i cannot comply",
                    "i must decline",
                    "i'm sorry, but i can't",
                    "i'm sorry, but i cannot",
                    "i am sorry, but i can",
                    "sorry, i can't",
                    "i can't share that",
                    "i can't fulfill",
                    "i cannot fulfill",
                    "das kann ich nicht",
                    "dabei kann ich nicht helfen",
                    "ich kann dir dabei nicht",
                    "je ne peux pas",
                    "no puedo ayudar",
                    "no puedo proporcionar",
                    "non posso aiutar",
                    "não posso ajudar",
                    "ik kan je daar niet",
                    "не могу помочь",
                    "我无法",
                    "我不能",
                    "お手伝いできません",
                    "도와드릴 수 없",
                    "لا أستطيع مساعدتك");
    private static final List<String> WORDS = words();
    private static final AhoCorasick MACHINE = new AhoCorasick(WORDS);
    private static final List<List<Integer>> CALLS_OF = callsOf();

    /// Signs that come with the guard.
    public OutputSigns() {}

    private static Call call(String words, String expression, double score, String reason) {
        return new Call(List.of(words.split(" ", -1)), Expression.of(expression), score, reason);
    }

    private static List<String> words() {
        List<String> words = new ArrayList<>(REFUSALS);
        CALLS.forEach(
                call -> call.words().stream().filter(w -> !words.contains(w)).forEach(words::add));
        return List.copyOf(words);
    }

    /// For each word the calls that it belongs to.
    private static List<List<Integer>> callsOf() {
        List<List<Integer>> calls = new ArrayList<>();
        for (String word : WORDS) {
            calls.add(
                    IntStream.range(0, CALLS.size())
                            .filter(i -> CALLS.get(i).words().contains(word))
                            .boxed()
                            .toList());
        }
        return List.copyOf(calls);
    }

    @Override
    public List<Detection> find(String text) {
        List<Detection> found = new ArrayList<>();
        List<List<int[]>> ranges = new ArrayList<>();
        CALLS.forEach(_ -> ranges.add(new ArrayList<>()));
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c == '’' ? '\'' : Character.toLowerCase(c));
        }
        MACHINE.scan(
                lower,
                (word, start, end) -> {
                    if (word < REFUSALS.size()) {
                        refusal(text, start, end, found);
                        return;
                    }
                    for (int call : CALLS_OF.get(word)) {
                        extend(ranges.get(call), text, start);
                    }
                });
        for (int call = 0; call < ranges.size(); call++) {
            for (int[] range : ranges.get(call)) {
                search(CALLS.get(call), text, range, found);
            }
        }
        return found;
    }

    private static void refusal(String text, int start, int end, List<Detection> found) {
        if (start < HEAD && found.stream().noneMatch(d -> d.type().equals("refusal"))) {
            add(text, start, end, new Sign("refusal", 0.8, "declines what was asked"), found);
        }
    }

    /// Adds the stretch around a word, joined with the one before where they touch, so that no
    /// character is looked at twice by one expression.
    private static void extend(List<int[]> ranges, String text, int start) {
        int from = Math.max(0, start - BEFORE);
        int to = Math.min(text.length(), start + AFTER);
        if (!ranges.isEmpty() && from <= ranges.getLast()[1]) {
            ranges.getLast()[1] = to;
        } else {
            ranges.add(new int[] {from, to});
        }
    }

    private static void search(Call call, String text, int[] range, List<Detection> found) {
        Expression.Search match = call.expression().in(text.substring(range[0], range[1]));
        while (found.size() < MOST && match.find()) {
            Sign sign = new Sign("code-that-calls-out", call.score(), call.reason());
            add(text, range[0] + match.start(), range[0] + match.end(), sign, found);
        }
    }

    private record Sign(String type, double score, String reason) {}

    private static void add(String text, int start, int end, Sign sign, List<Detection> found) {
        int point = text.codePointCount(0, start);
        found.add(
                new Detection(
                        sign.type(),
                        point,
                        point + text.codePointCount(start, end),
                        sign.score(),
                        sign.reason()));
    }

    /// Whether an answer is nothing but a refusal: it starts with one and is short.
    public static boolean isRefusal(String answer) {
        String head = answer.strip().toLowerCase(Locale.ROOT).replace('’', '\'');
        return head.length() < HEAD && REFUSALS.stream().anyMatch(head::contains);
    }
}
