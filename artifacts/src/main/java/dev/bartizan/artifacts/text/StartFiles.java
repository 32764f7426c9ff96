package dev.bartizan.artifacts.text;

import dev.bartizan.artifacts.spi.LazyPattern;
import java.util.regex.Matcher;

/// Lines that set-ups add to the files a shell starts with. A search path, the completion of a
/// program and the like are what everybody adds; anything else would run unseen.
final class StartFiles {
    private static final int MOST = 100;
    private static final LazyPattern ADDED =
            LazyPattern.of(
                    "\\b(?:echo|printf[ \\t]{1,4}'%s\\\\n')[ \\t]{1,4}(?:'([^'\\n]{1,300})'|\"((?:[^\"\\\\\\n]|\\\\.){1,300})\")[ \\t]{0,4}(>>[ \\t]{0,4}[\"']?(?:~|\\$HOME|\\$\\{HOME}|/root|/home/\\w{1,32})/\\.(?:bashrc|bash_profile|profile|zshrc|zprofile)\\b[\"']?)");

    private static final String PROGRAM =
            "(?!(?:\\S{0,60}/)?(?:curl|wget|base64|cat|xxd|ba?sh|zsh|sh|dash|nc|ncat|python[\\d.]*|perl|ruby|node|printf|echo|openssl|rev|tr|gzip|gunzip|zcat|head|tail|sed|awk|env|ssh|dig|nslookup|source|eval|exec)\\s)[\\w/.~-]{1,80}(?:[ \\t]{1,4}[\\w=:,.+-]{1,40}){1,8}";

    private static final LazyPattern USUAL =
            LazyPattern.of(
                    "\\s{0,4}(?:#[^\\n]*"
                            + "|(?:export )?PATH=\\\\?[\"']?(?![^\\n]{0,200}(?:/tmp\\b|/dev/shm))[\\w/$\\\\{}:.~-]{1,200}\\\\?[\"']?"
                            + "|eval \\\\?[\"']?\\\\?\\$\\("
                            + PROGRAM
                            + "\\)\\\\?[\"']?"
                            + "|(?:source|\\.) <\\("
                            + PROGRAM
                            + "\\)"
                            + "|(?:export )?(?:\\w{1,40}_(?:HOME|ROOT)|GOPATH|NVM_DIR|EDITOR|LANG|LC_ALL)=\\\\?[\"']?[\\w/$\\\\{}:.~-]{1,200}\\\\?[\"']?"
                            + "|(?:\\[ -[sfr] \\S{1,80} ] && )?(?:source|\\.) \\\\?[\"']?(?:~|\\\\?\\$HOME|\\\\?\\$\\{HOME}|\\\\?\\$NVM_DIR)(?:/\\.(?:cargo/env|nvm/nvm\\.sh|asdf/asdf\\.sh|fzf\\.(?:ba|z)sh|sdkman/bin/sdkman-init\\.sh)|/nvm\\.sh)\\\\?[\"']?)\\s{0,4}");

    private StartFiles() {}

    /// Commands in which what everybody adds is added nowhere.
    static String withoutUsual(String commands) {
        if (!commands.contains(">>")) {
            return commands;
        }
        Matcher added = ADDED.matcher(commands);
        StringBuilder rest = new StringBuilder();
        for (int i = 0; i < MOST && added.find(); i++) {
            String line = added.group(1) == null ? added.group(2) : added.group(1);
            boolean isUsual = USUAL.matcher(line).matches();
            added.appendReplacement(
                    rest, isUsual ? "true" : Matcher.quoteReplacement(added.group()));
        }
        return added.appendTail(rest).toString();
    }
}
