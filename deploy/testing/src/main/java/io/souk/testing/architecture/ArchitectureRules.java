package io.souk.testing.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/** The rules that every service's code keeps; {@code root} is the service's package, e.g. {@code io.souk.catalog}. */
public final class ArchitectureRules {

    private static final Set<String> SERVICES = Set.of("catalog", "inventory", "orders", "search");
    private static final Set<String> ROLE_ANNOTATIONS = Set.of(
            "jakarta.annotation.security.RolesAllowed",
            "jakarta.annotation.security.PermitAll",
            "jakarta.annotation.security.DenyAll",
            "io.quarkus.security.Authenticated");
    private static final DescribedPredicate<HasName> HANDED_ON =
            HasName.Predicates.name("io.vertx.mutiny.sqlclient.SqlConnection");
    private static final Set<String> HTTP_METHODS =
            Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "Route");

    /** A client's view of another service has the same annotations, and serves nothing. */
    private static final DescribedPredicate<CanBeAnnotated> CLIENT =
            annotatedWith("org.eclipse.microprofile.rest.client.inject.RegisterRestClient");

    /** Methods that wait, all their forms, by the type that has them. */
    private static final Map<String, Set<String>> BLOCKING = Map.of(
            Thread.class.getName(),
            Set.of("sleep", "join"),
            Future.class.getName(),
            Set.of("get"),
            CompletableFuture.class.getName(),
            Set.of("join"),
            CountDownLatch.class.getName(),
            Set.of("await"),
            TimeUnit.class.getName(),
            Set.of("sleep"),
            LockSupport.class.getName(),
            Set.of("park", "parkNanos", "parkUntil"),
            Semaphore.class.getName(),
            Set.of("acquire", "acquireUninterruptibly"),
            BlockingQueue.class.getName(),
            Set.of("take", "put"),
            "io.smallrye.mutiny.Uni",
            Set.of("await"));

    private static final Set<String> SUBSCRIBERS =
            Set.of("io.smallrye.mutiny.groups.UniSubscribe", "io.smallrye.mutiny.groups.MultiSubscribe");

    private ArchitectureRules() {}

    /** Production classes below a package; empty when there are none, which {@link #all} refuses. */
    public static JavaClasses production(String root) {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(root);
    }

    /** Every rule for a service; checking them against no classes at all fails. */
    public static List<ArchRule> all(String root) {
        return List.of(
                noCyclesBetweenFeatures(root),
                noOtherService(root),
                sqlStaysInRepositories(root),
                repositoriesStayInTheirFeature(root),
                resourcesLeaveWorkToUseCases(root),
                endpointsNameTheirRoles(root),
                nothingBlocks(root),
                refusalsAreDocumented(root),
                subscribersTakeFailures(root));
    }

    /** Features form a directed graph without cycles, so each can be read, moved and removed on its own. */
    public static ArchRule noCyclesBetweenFeatures(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    /** Services share events, never classes. */
    public static ArchRule noOtherService(String root) {
        var others = SERVICES.stream()
                .filter(service -> !root.equals("io.souk." + service))
                .map(service -> "io.souk." + service + "..")
                .toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(others));
    }

    /** Rows, tuples and statements are a repository's business; use cases only hand on their transaction or connection. */
    public static ArchRule sqlStaysInRepositories(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and(DescribedPredicate.not(repository()))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "io.vertx.sqlclient..",
                                "io.vertx.pgclient..",
                                "io.vertx.mutiny.sqlclient..",
                                "io.vertx.mutiny.pgclient..",
                                "java.sql..",
                                "javax.sql..")
                        .and(DescribedPredicate.not(HANDED_ON)));
    }

    /** A feature is called through its use cases, never through its tables; an abstract base has none of its own. */
    public static ArchRule repositoriesStayInTheirFeature(String root) {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .areTopLevelClasses()
                .and(simpleNameEndingWith("Repository"))
                .and()
                .doNotHaveModifier(JavaModifier.ABSTRACT)
                .should()
                .bePackagePrivate();
    }

    /** A resource translates between HTTP and a use case; it opens no transaction and reads no table. */
    public static ArchRule resourcesLeaveWorkToUseCases(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .and(simpleNameEndingWith("Resource")
                        .or(annotatedWith("jakarta.ws.rs.Path"))
                        .as("serve HTTP"))
                .should()
                .dependOnClassesThat(simpleNameEndingWith("Repository")
                        .or(simpleNameEndingWith("Outbox"))
                        .or(simpleName("Transactions"))
                        .as("repositories, the outbox or transactions"));
    }

    /** No endpoint is open by omission. */
    public static ArchRule endpointsNameTheirRoles(String root) {
        return methods()
                .that()
                .areDeclaredInClassesThat()
                .resideInAPackage(root + "..")
                .and()
                .areDeclaredInClassesThat(DescribedPredicate.not(CLIENT))
                .and(new DescribedPredicate<JavaMethod>("serve HTTP") {
                    @Override
                    public boolean test(JavaMethod method) {
                        return method.getAnnotations().stream()
                                .anyMatch(annotation -> HTTP_METHODS.contains(
                                        annotation.getRawType().getSimpleName()));
                    }
                })
                .should(new ArchCondition<>("name the roles that may call them") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        if (!namesRoles(method)) {
                            events.add(SimpleConditionEvent.violated(method, method.getFullName() + " names no roles"));
                        }
                    }
                });
    }

    /** Request and consumer code never waits for a result on its thread. */
    public static ArchRule nothingBlocks(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .accessTargetWhere(calls(
                        "wait on their thread",
                        call -> BLOCKING.entrySet().stream()
                                .anyMatch(blocking -> call.getTargetOwner().isAssignableTo(blocking.getKey())
                                        && blocking.getValue().contains(call.getName()))));
    }

    /** Whoever subscribes says what happens on a failure: without that it is logged somewhere, and the work just ends. */
    public static ArchRule subscribersTakeFailures(String root) {
        return noClasses()
                .that()
                .resideInAPackage(root + "..")
                .should()
                .accessTargetWhere(calls(
                        "subscribe without a handler of failures",
                        call -> SUBSCRIBERS.contains(call.getTargetOwner().getName())
                                && call.getName().equals("with")
                                && consumers(call) < 2));
    }

    /** Whoever gets a problem document can look its type up: each slug has a row in docs/errors.md. A service may have none. */
    public static ArchRule refusalsAreDocumented(String root) {
        return classes()
                .that()
                .resideInAPackage(root + "..")
                .and()
                .areEnums()
                .and(new DescribedPredicate<JavaClass>("have slugs") {
                    @Override
                    public boolean test(JavaClass candidate) {
                        return candidate.tryGetMethod("slug").isPresent();
                    }
                })
                .should(new ArchCondition<>("be documented") {
                    private final Set<String> documented = ErrorsPage.slugs();

                    @Override
                    public void check(JavaClass refusals, ConditionEvents events) {
                        ErrorsPage.slugsOf(refusals.reflect()).stream()
                                .filter(slug -> !documented.contains(slug))
                                .forEach(slug -> events.add(SimpleConditionEvent.violated(
                                        refusals, slug + " of " + refusals.getName() + " is not in docs/errors.md")));
                    }
                })
                .allowEmptyShould(true);
    }

    /** The kit serves every service and knows none. */
    public static ArchRule kitKnowsNoService() {
        return noClasses()
                .that()
                .resideInAPackage("io.souk.kit..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(SERVICES.stream()
                        .map(service -> "io.souk." + service + "..")
                        .toArray(String[]::new)));
    }

    private static DescribedPredicate<JavaAccess<?>> calls(String what, Predicate<JavaCodeUnitAccess<?>> which) {
        return new DescribedPredicate<>("calls that " + what) {
            @Override
            public boolean test(JavaAccess<?> access) {
                return access instanceof JavaCodeUnitAccess<?> call && which.test(call);
            }
        };
    }

    /** One for the item, a second one for the failure. */
    private static long consumers(JavaCodeUnitAccess<?> call) {
        return call.getTarget().getRawParameterTypes().stream()
                .filter(type -> type.isEquivalentTo(Consumer.class))
                .count();
    }

    private static boolean namesRoles(JavaMethod method) {
        return ROLE_ANNOTATIONS.stream()
                .anyMatch(annotation ->
                        method.isAnnotatedWith(annotation) || method.getOwner().isAnnotatedWith(annotation));
    }

    private static DescribedPredicate<JavaClass> repository() {
        return new DescribedPredicate<>("repositories and what they nest") {
            @Override
            public boolean test(JavaClass candidate) {
                return outermost(candidate).getSimpleName().endsWith("Repository");
            }
        };
    }

    private static JavaClass outermost(JavaClass nested) {
        return nested.getEnclosingClass().map(ArchitectureRules::outermost).orElse(nested);
    }
}
