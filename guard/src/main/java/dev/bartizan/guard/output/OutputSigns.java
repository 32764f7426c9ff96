package dev.bartizan.guard.output;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.bartizan.guard.Detection;
import dev.bartizan.guard.Guard;
import dev.bartizan.guard.rules.AhoCorasick;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Signs in what a model wrote that need no context: code that calls out when it is run, and a
/// refusal. They inform; they do not bear on the verdict. Safe to share.
public final class OutputSigns implements Guard.Recogniser {
    private static final int BEFORE = 80;
    private static final int AFTER = 240;
    private static final int MOST = 50;
    private static final int HEAD = 400;

    /// A way that code reaches out.
    private record Call(List<String> words, Pattern pattern, double score, String reason) {}

    private static final List<Call> CALLS =
            List.of(
                    call(
                            "curl wget fetch irm iwr",
                            "(?i)\\b(curl|wget|fetch|irm|iwr|invoke-webrequest)\\b[^\\n|;]{0,160}[|;]\\s*(sudo\\s+)?(ba|z|da|k)?sh\\b",
                            0.9,
                            "downloads a script and runs it"),
                    call(
                            "/dev/tcp/ /dev/udp/",
                            "(?i)(/dev/(tcp|udp)/[\\w.$-]+/\\d+)",
                            0.95,
                            "opens a shell to another machine"),
                    call(
                            "ncat netcat nc",
                            "(?i)\\b(nc|ncat|netcat)\\b[^\\n]{0,60}\\s-[a-z]*[ec][a-z]*\\s+\\S*(sh|cmd)",
                            0.95,
                            "opens a shell to another machine"),
                    call(
                            "iex invoke-expression downloadstring",
                            "(?i)(iex|invoke-expression)\\b[^\\n]{0,80}(downloadstring|webclient|http)",
                            0.9,
                            "downloads a script and runs it"),
                    call(
                            "requests. urllib httpx. axios xmlhttprequest sendbeacon fetch(",
                            "(?i)(requests\\.(post|put|get)|urllib\\.request\\.urlopen|httpx\\.(post|get)|axios\\.(post|get)|navigator\\.sendbeacon|fetch)\\s*\\(\\s*f?[\"'`]https?://",
                            0.5,
                            "sends a request to a fixed address"),
                    call(
                            "curl",
                            "(?i)\\bcurl\\b[^\\n]{0,120}\\s(-d|--data[a-z-]*|-F|-T|--upload-file)\\s*\\S{0,80}(\\$\\(|`|@|\\$\\{?\\w)",
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

    /// Signs that come with the guard.
    public OutputSigns() {}

    private static Call call(String words, String pattern, double score, String reason) {
        return new Call(List.of(words.split(" ", -1)), Pattern.compile(pattern), score, reason);
    }

    private static List<String> words() {
        List<String> words = new ArrayList<>(REFUSALS);
        CALLS.forEach(
                call -> call.words().stream().filter(w -> !words.contains(w)).forEach(words::add));
        return List.copyOf(words);
    }

    @Override
    public List<Detection> find(String text) {
        List<Detection> found = new ArrayList<>();
        int[] looked = new int[CALLS.size()];
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower.append(c == '’' ? '\'' : Character.toLowerCase(c));
        }
        MACHINE.scan(
                lower,
                (word, start, end) -> {
                    if (found.size() >= MOST) {
                        return;
                    }
                    if (word < REFUSALS.size()) {
                        refusal(text, start, end, found);
                        return;
                    }
                    for (int i = 0; i < looked.length; i++) {
                        if (start >= looked[i] && CALLS.get(i).words().contains(WORDS.get(word))) {
                            looked[i] = Math.max(looked[i], call(CALLS.get(i), text, start, found));
                        }
                    }
                });
        return found;
    }

    private static void refusal(String text, int start, int end, List<Detection> found) {
        if (start < HEAD && found.stream().noneMatch(d -> d.type().equals("refusal"))) {
            add(text, start, end, new Sign("refusal", 0.8, "declines what was asked"), found);
        }
    }

    /// Looks around a word; where the next look may start.
    private static int call(Call call, String text, int start, List<Detection> found) {
        int from = Math.max(0, start - BEFORE);
        int to = Math.min(text.length(), start + AFTER);
        Matcher matcher = call.pattern().matcher(text.substring(from, to));
        if (!matcher.find()) {
            return start + AFTER / 4;
        }
        Sign sign = new Sign("code-that-calls-out", call.score(), call.reason());
        add(text, from + matcher.start(), from + matcher.end(), sign, found);
        return from + matcher.end() + 1;
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
