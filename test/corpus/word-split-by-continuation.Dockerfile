FROM deb\
ian:trixie\
-slim AS ba\
se
RUN ec\
ho joined

FROM scr\
atch
COPY --fr\
om=base /etc/os-release /os-release
