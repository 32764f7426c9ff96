package dev.bartizan.artifacts.instructions;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which words stand wherever an expression of {@link Instructions} matches. A new expression gets
/// a line here, or is tried at every place of every text.
final class Indicators {
    private static final String FORBIDDING =
            "do not,don't,never,must not,without,does not,doesn't,need not,should not,shouldn't";

    /// Numbers of words.
    ///
    /// @param number of the expression
    /// @param starts one of these is at the beginning of each match
    /// @param needed one of each of these is in each match
    record Signs(int number, BitSet starts, List<BitSet> needed) {
        boolean allow(BitSet there) {
            return starts.intersects(there) && needed.stream().allMatch(there::intersects);
        }
    }

    private static final Map<Pattern, Signs> SIGNS = new LinkedHashMap<>();
    private static final Map<String, Integer> WORDS = new LinkedHashMap<>();

    static {
        signs(
                Instructions.OVERRIDE,
                "ignore,disregard,forget,override,bypass",
                "instruction,prompt,rules,guidelines,directions,restrictions");
        signs(
                Instructions.CONCEAL,
                "do not,don't,never,must not,without,user,human,customer,operator,person",
                FORBIDDING,
                "user,human,developer,anyone,operator,person,customer");
        signs(Instructions.SECRETLY, "silently,secretly,quietly,in the background,keep ,without ");
        signs(
                Instructions.SECRET_PLACE,
                "~/.,id_,.aws/,/etc/,.env,mcp.json,keychain,wallet.dat,browser cookies,env,printenv,"
                        + "process.env,api ,access ,private ,ssh ,credentials");
        signs(
                Instructions.SECRET_NAMED,
                "/.,\\.,id_,.env,.netrc,.git-credentials,/etc/,wallet.dat,keychain,cookie,printenv,key,"
                        + "phrase,dotenv,password,token,credential,secret,env,system prompt,history,"
                        + "conversation,chat,transcript,mcp.json");
        signs(
                Instructions.HUSHES,
                "do not,don't,dont,never,must not,should not,not to,need not,needn't,nor,avoid,refrain,"
                        + "without,say nothing,keep ,hide ,leave ,no ,make no,nobody,secretly,covertly,"
                        + "stealthily,unnoticed,behind the scenes,unbeknownst,user,human,people,person,"
                        + "anyone,anybody,developer,operator,customer,owner,is not,are not,be not");
        signs(
                Instructions.FETCH,
                "read,cat,open,load,collect,gather,copy,include,grab,harvest,dump,list");
        signs(
                Instructions.BEHIND_BACKS,
                "add,insert,include,import,install,embed,append,upload,accept,disable,log,do not,don't,"
                        + "never,must not",
                FORBIDDING,
                "mention,tell,reveal,disclose,inform,show,list,name,display,report,explain");
        signs(
                Instructions.REMOTE_ORDERS,
                "fetch,download,open,read,load,retrieve,visit,curl,get",
                "http",
                "follow,execute,obey,apply,carry out");
        signs(
                Instructions.DIVERTS,
                "all,any,every,each,@,http",
                "@,http",
                " go, be ,cc,even if,regardless of,no matter");
        signs(
                Instructions.DISARMS,
                "always,must,add,set,pass,use,enable,run,start,launch,call,spawn",
                "--dangerously-,--yolo,bypasspermissions,bash(*),--trust-all-tools");
        signs(Instructions.PIPED, "curl,wget,iwr,irm,invoke-webrequest", "|");
        signs(Instructions.DECODED, "base64,eval,powershell,/dev/tcp/,nc");
        signs(Instructions.RUN_UNASKED, "!`");
        signs(Instructions.DESTROYS, "rm,mkfs,dd,:(),chmod,authorized_keys,crontab");
        signs(
                Instructions.SENDS_KEYS,
                "send,post,upload,exfiltrat,forward,transmit,email,e-mail",
                "key,token,password,credential,secret,cookie");
        signs(Instructions.PRESSING, "<");
    }

    private static final WordSearch SEARCH = new WordSearch(List.copyOf(WORDS.keySet()));

    /// For each word, the expressions whose matches may begin with it.
    private static final int[][] BEGUN = begun();

    private Indicators() {}

    private static void signs(Pattern expression, String starts, String... needed) {
        List<BitSet> lists = new ArrayList<>();
        for (String words : needed) {
            lists.add(numbers(words));
        }
        SIGNS.put(expression, new Signs(SIGNS.size(), numbers(starts), lists));
    }

    private static BitSet numbers(String words) {
        BitSet numbers = new BitSet();
        for (String word : words.split(",", -1)) {
            numbers.set(WORDS.computeIfAbsent(word, _ -> WORDS.size()));
        }
        return numbers;
    }

    private static int[][] begun() {
        int[][] begun = new int[WORDS.size()][];
        for (int i = 0; i < begun.length; i++) {
            int word = i;
            begun[i] =
                    SIGNS.values().stream()
                            .filter(signs -> signs.starts().get(word))
                            .mapToInt(Signs::number)
                            .toArray();
        }
        return begun;
    }

    /// How many expressions there are.
    static int count() {
        return SIGNS.size();
    }

    /// What is known of an expression.
    static Optional<Signs> of(Pattern expression) {
        return Optional.ofNullable(SIGNS.get(expression));
    }

    /// Finds all words in a text.
    static void search(String text, WordSearch.Found found) {
        SEARCH.in(text, found);
    }

    /// Which expressions may begin with a word.
    static int[] begunBy(int word) {
        return BEGUN[word];
    }

    /// The words that an expression may begin with.
    static List<String> starts(Pattern expression) {
        BitSet starts = of(expression).orElseThrow().starts();
        return starts.stream().mapToObj(List.copyOf(WORDS.keySet())::get).toList();
    }

    /// All expressions of the list.
    static List<Pattern> expressions() {
        return List.copyOf(SIGNS.keySet());
    }
}
