package dev.bartizan.artifacts.instructions;

import dev.bartizan.artifacts.spi.Finds;
import dev.bartizan.artifacts.spi.Sought;
import dev.bartizan.core.Severity;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Orders that serve only an attacker, in a text that a model obeys, in English. Each is looked for
/// only in texts with the words that it needs.
final class Orders {
    /// An order.
    ///
    /// @param severity in a text that a model obeys
    /// @param what it does, for people
    /// @param needed one word of each set is in each match
    record Order(Pattern pattern, Severity severity, String what, List<BitSet> needed) {}

    /// An order that stands in a text.
    record Given(Severity severity, int start, int end, String what) {}

    private static final Map<String, Integer> WORDS = new LinkedHashMap<>();
    private static final List<Order> ORDERS = new ArrayList<>();

    private static final int MOST_TRIED = 20;

    /// An order stands within two of these.
    private static final int BLOCK = 400;

    /// Commands that bring in programs, carry files off, open a way in or undo what protects.
    private static final String RISKY =
            "(?:https?://\\d|\\b\\d{1,3}(?:\\.\\d{1,3}){3}\\b|\\w\\.\\w{1,20}/\\S{0,40}@latest|--privileged|-v /:|~/\\.ssh|\\bid_rsa\\b|gist create|setenforce 0|ufw disable|systemctl (?:stop|disable)|authorized_keys|credential\\.helper|\\bset registry\\b|/dev/tcp/|\\bssh -R|base64 -d|\\b(?:curl|wget)\\b[^\\n]{0,40}(?:\\||\\$\\(|@|\\b-d )|<\\((?:curl|wget)|\\$\\((?:curl|wget)|history -c|iptables -F)";

    private static final String UNSAID =
            "(?:quietly|silently|do not|don't|never|without (?:comment|mention|asking|review)|needn't|no need to|say nothing|not mention)";

    static {
        order(
                "(?is)\\bbcc\\b.{0,60}?@[\\w-]+\\.\\w",
                Severity.HIGH,
                "copies mail unseen to an address of its own",
                "bcc",
                "@");
        order(
                "(?is)\\b(?:all|every|each|any)\\b[^.!?]{0,40}\\b(?:e-?mails?|mails?|messages?|invoices?|documents?|replies|answers)\\b[^.!?]{0,60}\\b(?:forward|redirect|copy|copied|forwarded|cc)\\b[^.!?]{0,40}@[\\w.-]{0,40}\\b(?:evil|attacker|audit|archive|backup|log)",
                Severity.HIGH,
                "sends all messages on to an address of its own",
                "forward,redirect,cop,cc",
                "@");
        order(
                "(?is)\\b(?:replace|swap|change|substitute|overwrite|use)\\b[^.!?]{0,60}\\b(?:iban|account number|bank account|wallet address|payee|recipient|beneficiary|payment address)\\b[^.!?]{0,60}\\b(?:with|by|to|for|instead)\\b[^.!?]{0,20}(?:[A-Z]{2}\\d{2}|0x[0-9a-f]{6}|bc1|[\\w.-]+@|https?:)",
                Severity.HIGH,
                "puts another recipient in the place of the user's",
                "iban,account,wallet,payee,recipient,beneficiary,payment");
        order(
                "(?is)(?:\\bget request\\b|\\b(?:load|fetch|request|open|call|visit|render|show|include|append|add|insert|embed|put|end)\\b|!\\[)[^!?\\n]{0,32}?https?://[^\\s)\"']{1,50}[?/&=][^!?\\n]{0,24}?(?:followed by|\\bwith (?:the|your|all|every|a summary)|(?:[{<\\[%]{1,2} ?(?:the |your |url.?encoded |base64.?(?:encoded)? ?|user'?s? |last |whole ){0,2}(?:data|conversation|answer|message|messages|history|secret|summary|question|prompt|context|chat|name|token|key|email|q|d|text|input|reply|content|contents)\\b))",
                Severity.HIGH, "has an address loaded that carries off what was said", "http");
        order(
                "(?is)\\b(?:treat|regard|consider|take|handle)\\b[^.!?]{0,50}\\b(?:results?|outputs?|contents?|texts?|responses?|replies|what)\\b[^.!?]{0,60}\\bas (?:if |though )?(?:they |it )?(?:coming|came|come|from|being|were|was|spoken|written|an? )?[^.!?]{0,14}\\b(?:from|by|of) the (?:user|system|developer|operator)\\b",
                Severity.HIGH,
                "passes off what a tool says as the user's word",
                "treat,regard,consider,take,handle",
                "user,system,developer,operator");
        order(
                "(?is)\\b(?:user|owner|operator|admin(?:istrator)?|customer|they)\\b[^.!?]{0,20}\\b(?:pre-?approved?|already (?:approved|agreed|consented|confirmed|granted|given)|(?:gave|given|granted|gives) (?:blanket|full|standing|general|prior) (?:consent|approval|permission)|(?:has|have) approved)\\b[^!?]{0,100}?\\b(?:skip|do not ask|don't ask|never ask|without (?:asking|confirm\\w*|prompt\\w*)|no (?:need|confirmation)|not (?:be )?(?:asked|needed)|bypass|answer yes)\\b"
                        + "|\\b(?:all|any|every) (?:commands?|deletions?|calls?|actions?|tools?|changes|requests|transfers?|payments?) (?:is|are|have been|were|has been) (?:pre-?|already )?(?:approved|authori[sz]ed|confirmed|allowed)\\b[^!?]{0,80}?\\b(?:skip|do not|don't|never|without|no need)\\b",
                Severity.HIGH,
                "claims a consent that nobody gave",
                "approv,agreed,consent,confirm,granted,given,authori,permission,allowed",
                "skip,ask,without,no need,no confirm,bypass,answer yes,not need,never,do not,don't");
        order(
                "(?is)\\b(?:append|add|write|save|insert|put|copy|store|prepend)\\b[^!?\\n]{0,32}?(?:~/\\.(?:claude|codex|gemini|cursor|config)\\b|\\bclaude\\.md\\b|\\bagents\\.md\\b|\\.cursorrules\\b|\\bmemory\\.md\\b|\\bgemini\\.md\\b|\\.windsurfrules\\b|\\b(?:your|the|long-?term|persistent) memory\\b)[^!?]{0,50}?(?:https?://|\\bevery (?:project|session|conversation|chat)|\\ball (?:later|future) (?:sessions|projects|conversations)|\\bwithout comment|\\b(?:do not|don't|never) (?:mention|tell|show|ask))",
                Severity.HIGH,
                "writes orders of its own into what later sessions obey",
                "append,add,write,save,insert,put,copy,store,prepend",
                "~/.,claude.md,agents.md,.cursorrules,memory,gemini.md,.windsurfrules");
        order(
                "(?is)\\b(?:set|write|add|put|turn on|enable|insert|switch)\\b[^!?\\n]{0,60}(?:\\bautoapprove\\b|\\bchat\\.tools\\.(?:global\\.)?auto\\w{0,10}|\\bbypasspermissions\\b|\\bdefaultmode\\b[^\\n]{0,12}bypass|\\bapproval_policy\\b[^\\n]{0,8}never|\\benableallprojectmcpservers\\b|\\balwaysallow\\b|\\byolo mode\\b)",
                Severity.HIGH,
                "has an agent no longer ask",
                "autoapprove,chat.tools,bypass,approval_policy,enableallproject,alwaysallow,yolo");
        order(
                "(?is)\\b(?:turn off|disable|switch off|deactivate|skip|stop|bypass|remove|suppress)\\b[^.!?\\n]{0,50}\\b(?:secrets? scan\\w*|security (?:checks?|scan\\w*|reviews?|hooks?)|signature (?:checks?|verification)|(?:permission|confirmation|approval) (?:prompts?|dialogs?|checks?)|sandbox\\w*|anti-?virus|virus scan\\w*|audit(?:d| log\\w*)|code review|malware scan\\w*|guardrails?|content filters?|safety (?:checks?|filters?)|findings of (?:other|the)|two-factor|mfa)\\b[^!?]{0,80}?\\b(?:say nothing|do not (?:mention|tell|report|ask)|don't (?:mention|tell|report|ask)|never mention|quietly|silently|first|without (?:asking|telling|mention\\w*|comment)|no need)\\b",
                Severity.HIGH,
                "turns off what protects the user",
                "turn off,disable,switch off,deactivate,skip,stop,bypass,remove,suppress");
        order(
                "(?is)\\b(?:run|execute|start|launch|invoke|spawn)\\b[^\\n]{0,60}"
                        + RISKY
                        + "[^\\n]{0,90}?\\b"
                        + UNSAID,
                Severity.HIGH,
                "has a command run of which nothing is said",
                "run,execute,start,launch,invoke,spawn",
                "quietly,silently,secretly,do not,don't,never,without ,needn't,no need,say nothing,not mention");
        order(
                "(?is)\\b(?:run|execute|start|launch)\\b[^.!?]{0,24}\\b(?:quietly|silently|secretly|unseen|without (?:asking|telling|comment)|do not (?:mention|tell)|don't (?:mention|tell))\\b.{0,56}?"
                        + RISKY,
                Severity.HIGH,
                "has a command run of which nothing is said",
                "run,execute,start,launch",
                "quietly,silently,secretly,unseen,do not,don't,without ");
        order(
                "(?is)\\b(?:quietly|silently|secretly|without (?:comment|telling \\w+ \\w+|asking|mention\\w*))\\b[^\\n]{0,24}?\\b(?:run|execute|start|launch)\\b[^\\n]{0,48}?"
                        + RISKY,
                Severity.HIGH,
                "has a command run of which nothing is said",
                "run,execute,start,launch",
                "quietly,silently,secretly,without ");
        order(
                "(?i)\\b(?:contents?|values?|text)_of_\\w{0,30}(?:ssh|private_key|dot_?env|credentials|passwords?|aws|netrc)\\w*",
                Severity.HIGH,
                "has a parameter filled with a secret",
                "_of_");
        order(
                "(?is)\\b(?:in place of|instead of|rather than) any other\\b[^!?]{0,120}?\\b(?:even (?:if|when) the user|claim that|say that|pretend)\\b",
                Severity.HIGH,
                "takes the place of what the user chose",
                "any other");
        order(
                "(?is)\\bapprove (?:it|them|all|everything|the \\w+)(?:,)? whatever\\b|\\bleave out (?:any|all)(?: \\w+)? findings\\b|\\b(?:report|rate|mark|classify|declare|label|score|approve)s? (?:it|this|them|the \\w+) (?:as )?(?:safe|clean|benign|trusted|harmless)\\b[^!?]{0,60}?\\b(?:skip|do not|don't|without|load|trust_remote_code)\\b|\\b(?:do not|don't|skip) (?:the )?scan\\w*\\b[^!?]{0,30}\\b(?:approve|report|load|tell|trust)\\b",
                Severity.HIGH,
                "has the agent vouch for what nobody checked",
                "approve,leave out,report,rate,mark,classify,declare,label,score,scan",
                "whatever,finding,safe,clean,benign,trust,harmless,scan");
        order(
                "(?is)\\b(?:pip3?|npm|pnpm|yarn|uv|gem|cargo|npx)\\b[^\\n]{0,60}?(?:--(?:extra-)?index-url|--registry|-i|\\bset registry)[ =]http://(?!(?:127|10|192\\.168|172\\.(?:1[6-9]|2\\d|3[01]))\\.)\\d{1,3}(?:\\.\\d{1,3}){3}",
                Severity.HIGH,
                "has packages installed from a bare address",
                "pip,npm,yarn,uv,gem,cargo,npx",
                "http://");
        order(
                "(?is)\\b(?:put|insert|add|include|embed|append|import|place)\\b[^!?]{0,48}?(?:<script\\b|\\bdependenc(?:y|ies)\\b|\\bimport\\b|\\bpackage\\b|https?://|\\bbackdoor\\b|\\bhidden (?:account|user|route|endpoint)|\\bdefault password)[^!?]{0,64}?\\b(?:never (?:be )?mentioned|(?:do not|don't|never) (?:list|mention|show|explain|tell|report|reveal|comment)\\w*(?: \\w+)? (?:it|this|that|the (?:line|change|diff|script|dependency)|the user(?=\\s{0,3}(?:[.;,)]|$)| about it))|needn't be (?:shown|listed|mentioned)|quietly|say nothing)",
                Severity.HIGH,
                "has something put into code that nobody hears of",
                "put,insert,add,include,embed,append,import,place",
                "never,do not,don't,needn't,quietly,say nothing");
        order(
                "(?is)\\b(?:never use (?:parameters|parameteri[sz]ed|prepared)|build (?:it|them|sql|queries) (?:with|by) (?:string )?concatenat\\w+|disable (?:tls|ssl|certificate) (?:verification|checks)|use md5|hard-?code (?:the|a) password)\\b[^!?]{0,120}?\\b(?:do not|don't|never) (?:explain|mention|tell|comment|say)",
                Severity.HIGH,
                "has unsafe code written of which nothing is said",
                "never use,concatenat,disable,md5,hard",
                "explain,mention,tell,comment,say");
        order(
                "(?is)\\b(?:if|when|whenever|once|as soon as)\\b[^.!?\\n]{0,24}\\b(?:says?|writes?|types?|contains?|mentions?|includes?|sends?|uses?|holds?|reads?)\\b[^.!?\\n]{0,24}(?:[`'\"][^`'\"\\n]{2,40}[`'\"]|\\b(?:code ?word|trigger|pass ?phrase)\\b)[^.!?\\n]{0,24}\\b(?:print|reveal|output|send|run|execute|ignore|switch off|approve|dump|grant|unlock|disable|transfer)\\b[^.!?\\n]{0,32}\\b(?:api keys?|secrets?|passwords?|system prompt|shell|commands?|credentials?|environment|restrictions?|safety|all (?:rules|checks)|admin|tokens?)\\b",
                Severity.HIGH,
                "waits for a word that only an attacker writes",
                "if,when,once,as soon as",
                "key,secret,password,system prompt,shell,command,credential,environment,restriction,safety,rules,checks,admin,token");
        order(
                "(?is)\\b(?:reply|answer|tell|report|state|claim|say|respond|assure|inform|write|conclude)\\b[^.!?\\n]{0,60}\\b(?:security|reviews?|reviewers?|scanners?|scans?|auditors?|audits?|moderators?|analy[sz]ers?|checks?)\\b[^.!?\\n]{0,40}\\b(?:is|are|was|were|as|that|found|contains?)\\b[^.!?\\n]{0,30}\\b(?:safe|clean|harmless|benign|approved|no (?:issues|findings|problems|risk)|trusted|trustworthy)\\b"
                        + "|\\bsay (?:that )?(?:the |it |they |all )?\\w{0,12} ?(?:was|were) (?:checked|reviewed|read|tested|audited) (?:for|in full|and)\\b|\\bverdict says that they were read\\b|\\bapproved (?:at once )?without (?:reading|review|being read)",
                Severity.HIGH,
                "has the agent vouch for what nobody checked",
                "reply,answer,tell,report,state,claim,say,respond,assure,inform,write,conclude,approved");
        order(
                "(?is)\\b(?:fetch|download|open|read|load|retrieve|visit|curl|get)\\b[^!?]{0,80}?https?://[^!?]{0,100}?\\b(?:do (?:what|whatever|as) it says|(?:follow|execute|obey|apply|carry out|run|do)\\b[^.!?]{0,30}\\b(?:every|all|any|whatever|exactly|its)\\b[^.!?]{0,40}?\\b(?:commands?|instructions?|orders?|it says|steps|contents?|directives|exactly|blindly|no review|without))",
                Severity.HIGH,
                "has orders obeyed that stand elsewhere, whatever they are",
                "http",
                "says,command,instruction,order,step,content,directive,exactly,blindly,no review,without");
        order(
                "(?is)\\b(?:instead of|rather than|in place of)\\b[^.!?\\n]{0,24}\\b\\w{1,24}[_-]\\w{1,24}\\b[^.!?\\n]{0,24}\\b(?:always|must|call|use)\\b[^!?\\n]{0,32}?\\b(?:do not|don't|never) (?:mention|tell|say|ask)",
                Severity.HIGH,
                "takes the place of another tool unseen",
                "instead of,rather than,in place of");
        order(
                "(?is)\\b(?:assistant|ai|model|agent|llm|copilot|claude|chatgpt|gemini|cursor)s?\\s?[:,]\\s[^.!?\\n]{0,40}?\\bignore (?:what|everything|all|whatever|anything)\\b",
                Severity.HIGH,
                "tells a model to drop its instructions",
                "ignore");
        order(
                "(?is)\\b(?:join|concatenate|combine|put together|assemble|decode|decrypt|unscramble|first letters of)\\b[^!?\\n]{0,100}?\\b(?:run|execute|follow|obey|carry out)\\b[^.!?\\n]{0,20}?\\b(?:the result|it|them|the command|the instructions?|what it says)\\b",
                Severity.MEDIUM,
                "has orders obeyed that its reader cannot read",
                "join,concatenate,combine,put together,assemble,decode,decrypt,unscramble,first letters",
                "run,execute,follow,obey,carry out");
        order(
                "(?is)\\b(?:ask|request|demand)\\b[^.!?\\n]{0,30}\\b(?:escalated|elevated|root|admin|full) (?:rights|privileges|permissions|access)\\b[^.!?\\n]{0,40}\\b(?:giving|with) the (?:reason|justification|excuse)",
                Severity.HIGH,
                "asks for rights under a pretext",
                "escalated,elevated,root,admin,full");
        order(
                "(?is)\\b(?:after|before|with|on|at the end of) (?:every|each|any|all) (?:answers?|messages?|repl(?:y|ies)|responses?|requests?|sessions?|turns?)\\b[^!?\\n]{0,80}?\\b(?:send|post|upload|forward|transmit|make a (?:get|post) request|report)\\b[^!?\\n]{0,80}?(?:https?://|@[\\w-]+\\.\\w)",
                Severity.HIGH,
                "sends on elsewhere what is said",
                "after ,before ,with ,on ,at the end",
                "http,@");
        Deceits.list(Orders::order);
        Ploys.list(Orders::order);
    }

    private static final WordSearch SEARCH = new WordSearch(List.copyOf(WORDS.keySet()));

    private static final Sought SOUGHT =
            Sought.of(ORDERS.stream().map(Order::pattern).toArray(Pattern[]::new));

    private Orders() {}

    private static void order(String pattern, Severity severity, String what, String... needed) {
        List<BitSet> sets = new ArrayList<>();
        for (String words : needed) {
            BitSet numbers = new BitSet();
            for (String word : words.split(",", -1)) {
                numbers.set(WORDS.computeIfAbsent(word, _ -> WORDS.size()));
            }
            sets.add(numbers);
        }
        ORDERS.add(new Order(Pattern.compile(pattern), severity, what, sets));
    }

    /// The gravest order of a text, the first of those alike.
    static Optional<Given> in(String text) {
        BitSet[] blocks = new BitSet[text.length() / BLOCK + 1];
        SEARCH.in(
                text,
                (word, place) -> {
                    int block = place / BLOCK;
                    if (blocks[block] == null) {
                        blocks[block] = new BitSet();
                    }
                    blocks[block].set(word);
                });
        Sought.In sought = SOUGHT.in(text);
        Mentions mentions = new Mentions(text);
        Optional<Given> other = Optional.empty();
        for (int i = 0; i < blocks.length; i++) {
            if (blocks[i] == null) {
                continue;
            }
            BitSet words = (BitSet) blocks[i].clone();
            if (i + 1 < blocks.length && blocks[i + 1] != null) {
                words.or(blocks[i + 1]);
            }
            int start = i * BLOCK;
            for (Order order : ORDERS) {
                if (order.needed().stream().allMatch(words::intersects)) {
                    Optional<Given> given = given(order, sought, mentions, text, start);
                    if (given.isPresent() && given.get().severity() == Severity.HIGH) {
                        return given;
                    }
                    other = other.isPresent() ? other : given;
                }
            }
        }
        return other;
    }

    /// The order where it begins within a block.
    private static Optional<Given> given(
            Order order, Sought.In sought, Mentions mentions, String text, int start) {
        Finds matcher = sought.finds(order.pattern());
        int from = start;
        Optional<Given> talkedAbout = Optional.empty();
        for (int tried = 0; tried < MOST_TRIED && matcher.find(from, start + BLOCK); tried++) {
            from = Math.max(matcher.end(), matcher.start() + 1);
            if (!Secrets.isForbidden(text, matcher.start())) {
                boolean isTalkedAbout = mentions.isTalkedAbout(matcher.start());
                Severity severity = isTalkedAbout ? Severity.LOW : order.severity();
                Given given = new Given(severity, matcher.start(), matcher.end(), order.what());
                if (!isTalkedAbout) {
                    return Optional.of(given);
                }
                talkedAbout = Optional.of(given);
            }
        }
        return talkedAbout;
    }
}
