FROM dhi.io/maven:3-jdk25-alpine3.23-dev AS build
WORKDIR /build
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -B -DskipTests package

FROM dhi.io/eclipse-temurin:25-alpine3.23
COPY --from=build --chown=65532:65532 /build/target/app.jar /app/app.jar
ENTRYPOINT ["java", "-jar", "/app/app.jar"]
