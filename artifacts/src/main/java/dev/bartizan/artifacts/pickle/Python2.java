package dev.bartizan.artifacts.pickle;

import java.util.Map;
import java.util.Set;

/// Names of Python 2 under which old pickles know Python 3's modules, as the unpickler itself maps
/// them for protocols 0 to 2.
final class Python2 {
    private static final Map<String, String> MODULES =
            Map.ofEntries(
                    Map.entry("__builtin__", "builtins"),
                    Map.entry("exceptions", "builtins"),
                    Map.entry("copy_reg", "copyreg"),
                    Map.entry("Queue", "queue"),
                    Map.entry("SocketServer", "socketserver"),
                    Map.entry("ConfigParser", "configparser"),
                    Map.entry("repr", "reprlib"),
                    Map.entry("httplib", "http.client"),
                    Map.entry("cPickle", "pickle"),
                    Map.entry("commands", "subprocess"),
                    Map.entry("urllib2", "urllib.request"),
                    Map.entry("xmlrpclib", "xmlrpc.client"),
                    Map.entry("dummy_thread", "_dummy_thread"),
                    Map.entry("thread", "_thread"),
                    Map.entry("UserDict", "collections"),
                    Map.entry("UserList", "collections"),
                    Map.entry("UserString", "collections"),
                    Map.entry("urlparse", "urllib.parse"),
                    Map.entry("robotparser", "urllib.robotparser"),
                    Map.entry("StringIO", "io"),
                    Map.entry("cStringIO", "io"),
                    Map.entry("_abcoll", "collections.abc"),
                    Map.entry("Cookie", "http.cookies"),
                    Map.entry("cookielib", "http.cookiejar"),
                    Map.entry("BaseHTTPServer", "http.server"),
                    Map.entry("SimpleHTTPServer", "http.server"),
                    Map.entry("CGIHTTPServer", "http.server"),
                    Map.entry("SimpleXMLRPCServer", "xmlrpc.server"),
                    Map.entry("DocXMLRPCServer", "xmlrpc.server"),
                    Map.entry("anydbm", "dbm"),
                    Map.entry("whichdb", "dbm"),
                    Map.entry("_winreg", "winreg"));
    private static final Map<String, String> BUILTINS =
            Map.of(
                    "xrange", "range",
                    "unicode", "str",
                    "long", "int",
                    "unichr", "chr",
                    "basestring", "str",
                    "raw_input", "input");

    private static final Set<String> ITERATORS = Set.of("imap", "ifilter", "izip");

    private Python2() {}

    static String module(String module, String name) {
        if (module.equals("itertools") && ITERATORS.contains(name)) {
            return "builtins";
        }
        if (module.equals("__builtin__") && name.equals("reduce")) {
            return "functools";
        }
        if (module.equals("__builtin__") && name.equals("intern")) {
            return "sys";
        }
        return MODULES.getOrDefault(module, module);
    }

    static String name(String module, String name) {
        if (module.equals("itertools") && ITERATORS.contains(name)) {
            return name.substring(1);
        }
        if (module.equals("UserDict") && name.equals("IterableUserDict")) {
            return "UserDict";
        }
        return module.equals("__builtin__") ? BUILTINS.getOrDefault(name, name) : name;
    }
}
