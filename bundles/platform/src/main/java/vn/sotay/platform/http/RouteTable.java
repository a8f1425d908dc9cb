package vn.sotay.platform.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** All routes, as a tree of path segments; immutable, replaced as a whole. */
final class RouteTable {

    /** A route that matches, with the values of its variables. */
    record Match(RouteSpec route, Map<String, String> variables) {}

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();
        final Map<String, RouteSpec> byMethod = new TreeMap<>();

        @Nullable Node variable;
    }

    private final List<RouteSpec> routes;
    private final Node root = new Node();

    RouteTable(List<RouteSpec> routes) {
        this.routes = routes.stream()
                .sorted(Comparator.comparing((RouteSpec route) -> route.template)
                        .thenComparing(route -> route.method))
                .toList();
        this.routes.forEach(this::add);
    }

    private void add(RouteSpec route) {
        Node at = root;
        for (String segment : route.segments) {
            if (RouteSpec.isVariable(segment)) {
                if (at.variable == null) {
                    at.variable = new Node();
                }
                at = at.variable;
            } else {
                at = at.literals.computeIfAbsent(segment, name -> new Node());
            }
        }
        if (at.byMethod.putIfAbsent(route.method, route) != null) {
            throw new IllegalArgumentException("two routes for " + route);
        }
    }

    List<RouteSpec> routes() {
        return routes;
    }

    /** The route for a method and path; null if there is none. HEAD is answered by GET. */
    @Nullable Match match(String method, List<String> segments) {
        Node node = find(root, segments, 0);
        if (node == null) {
            return null;
        }
        RouteSpec route = node.byMethod.get(method);
        if (route == null && method.equals("HEAD")) {
            route = node.byMethod.get("GET");
        }
        return route == null ? null : new Match(route, variables(route, segments));
    }

    /** The methods that a path answers; empty if there is no such path. */
    List<String> methods(List<String> segments) {
        Node node = find(root, segments, 0);
        if (node == null) {
            return List.of();
        }
        TreeSet<String> methods = new TreeSet<>(node.byMethod.keySet());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return new ArrayList<>(methods);
    }

    /** A literal segment goes before a variable one; where it leads nowhere, the variable one is tried. */
    private static @Nullable Node find(Node at, List<String> segments, int index) {
        if (index == segments.size()) {
            return at.byMethod.isEmpty() ? null : at;
        }
        Node literal = at.literals.get(segments.get(index));
        Node found = literal == null ? null : find(literal, segments, index + 1);
        if (found == null && at.variable != null && !segments.get(index).isEmpty()) {
            found = find(at.variable, segments, index + 1);
        }
        return found;
    }

    private static Map<String, String> variables(RouteSpec route, List<String> segments) {
        if (!route.hasVariables) {
            return Map.of();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < route.segments.size(); i++) {
            String segment = route.segments.get(i);
            if (RouteSpec.isVariable(segment)) {
                variables.put(segment.substring(1, segment.length() - 1), segments.get(i));
            }
        }
        return variables;
    }
}
