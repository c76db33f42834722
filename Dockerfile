# docker build -t auditor .
# docker run --rm -v "$PWD:/work" --user "$(id -u)" auditor audit ville.example -o ville/

FROM debian:bookworm-slim AS build
RUN apt-get update \
    && apt-get install --yes --no-install-recommends python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
COPY . /source
RUN python3 -m venv /opt/auditor && /opt/auditor/bin/pip install --no-cache-dir /source

FROM debian:bookworm-slim
# What sets a page comes from .ci/system-packages; the fonts travel in the package itself.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        ca-certificates python3 \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home --home-dir /nonexistent auditor
COPY --from=build /opt/auditor /opt/auditor
# Whoever runs it may have no home in here: compiled rules go where anybody may write.
ENV PATH=/opt/auditor/bin:$PATH XDG_CACHE_HOME=/tmp/auditor-cache
USER 10001
WORKDIR /work
ENTRYPOINT ["auditor"]
CMD ["--help"]
