import ThrongPrivacy

/// `release.schema.json`: what `release.json` may hold, as JSON Schema 2020-12.
///
/// Nothing is allowed that is not named, and every count of a cluster states the threshold it has passed as
/// its minimum: any validator can check that the release keeps what it promises.
struct ReleaseSchema: BundleRepresentation {
  func write(_ release: Release, tables: [BundleTable], to folder: borrowing BundleFolder) throws {
    try folder.write(Array(Self.text(release.rules).utf8), to: "release.schema.json")
  }

  static func text(_ rules: Release.Rules) -> String {
    """
    {
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "title": "Throng release",
      "description": "A tree of topics. Every count has passed the gate and is a lower bound, rounded down.",
      "type": "object",
      "additionalProperties": false,
      "required": ["format_version", "release_id", "run", "rules", "accounts", "clusters", "facets", "cluster_facets", "coverage", "funnel", "statistics", "trends", "trend_points", "segment_topics"],
      "properties": {
        "format_version": { "const": 1 },
        "release_id": { "type": "string", "pattern": "^[0-9a-f]{16}$" },
        "run": {
          "description": "How the run was set, as asked for; null: chosen automatically.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "throng_version", "format", "seed", "clusters", "levels", "levels_by", "dimensions", "columns", "maximum_bad_share",
            "created_at", "created_at_unix"
          ],
          "properties": {
            "throng_version": { "type": "string", "minLength": 1 },
            "format": { "type": "string", "minLength": 1 },
            "seed": { "type": "string", "pattern": "^[0-9]+$" },
            "clusters": { "type": ["integer", "null"], "minimum": 1 },
            "levels": { "type": ["array", "null"], "items": { "type": "integer", "minimum": 1 } },
            "levels_by": { "enum": ["counts", "gaps", "sizes"] },
            "dimensions": { "type": "integer", "minimum": 0 },
            "columns": { "type": "integer", "minimum": 1 },
            "maximum_bad_share": { "type": "number", "minimum": 0, "maximum": 1 },
            "created_at": { "type": ["string", "null"] },
            "created_at_unix": { "type": ["integer", "null"] }
          }
        },
        "rules": {
          "description": "The thresholds every figure has passed.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "policy", "unit", "minimum_users", "minimum_conversations", "maximum_per_user", "dominance_percent",
            "two_user_percent", "minimum_term_users", "rounded_to", "minimum_facet_users",
            "minimum_facet_conversations", "facets_rounded_to", "l_diversity", "t_closeness", "threshold_gap",
            "total_gap_percent", "differential"
          ],
          "properties": {
            "policy": { "const": "\(rules.policy)" },
            "unit": { "const": "\(rules.unit)" },
            "minimum_users": { "const": \(rules.minimumUsers) },
            "minimum_conversations": { "const": \(rules.minimumConversations) },
            "maximum_per_user": { "const": \(rules.maximumPerUser) },
            "dominance_percent": { "const": \(rules.dominancePercent) },
            "two_user_percent": { "const": \(rules.twoUserPercent) },
            "minimum_term_users": { "const": \(rules.minimumTermUsers) },
            "rounded_to": { "const": \(rules.roundedTo) },
            "minimum_facet_users": { "const": \(rules.minimumFacetUsers) },
            "minimum_facet_conversations": { "const": \(rules.minimumFacetConversations) },
            "facets_rounded_to": { "const": \(rules.facetsRoundedTo) },
            "l_diversity": { "const": \(rules.lDiversity) },
            "t_closeness": { "const": \(rules.tCloseness) },
            "threshold_gap": { "const": \(rules.thresholdGap) },
            "total_gap_percent": { "const": \(rules.totalGapPercent) },
            "differential": {
              "description": "The budget of the differential tier and its split; null in the deterministic tier.",
              "type": ["object", "null"],
              "additionalProperties": false,
              "required": ["epsilon", "delta", "cells_per_user", "mechanisms", "covers", "excludes"],
              "properties": {
                "epsilon": { "type": "number", "exclusiveMinimum": 0 },
                "delta": { "type": "number", "exclusiveMinimum": 0, "maximum": 0.01 },
                "cells_per_user": { "type": "integer", "minimum": 1 },
                "mechanisms": {
                  "type": "array",
                  "minItems": 1,
                  "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["counts", "mechanism", "epsilon", "delta", "sensitivity", "scale", "threshold"],
                    "properties": {
                      "counts": { "type": "string", "minLength": 1 },
                      "mechanism": { "enum": ["truncated geometric", "discrete Laplace", "discrete Gaussian"] },
                      "epsilon": { "type": "number", "exclusiveMinimum": 0 },
                      "delta": { "type": "number", "minimum": 0 },
                      "sensitivity": { "type": "integer", "minimum": 1 },
                      "scale": { "type": "number", "exclusiveMinimum": 0 },
                      "threshold": { "type": ["integer", "null"], "minimum": \(rules.minimumUsers) }
                    }
                  }
                },
                "covers": { "type": "string", "minLength": 1 },
                "excludes": { "type": "string", "minLength": 1 }
              }
            }
          }
        },
        "accounts": {
          "description": "Where the conversations went. Parts are gated lower bounds, 0 where they may not be stated.",
          "type": "object",
          "additionalProperties": false,
          "required": [
            "read", "quarantined", "screened_out", "kept", "beyond_bound", "counted", "in_leaves", "rolled_up"
          ],
          "properties": {
            "read": {
              "description": "quarantined + screened_out + kept", "type": "integer",
              "minimum": \(rules.minimumConversations)
            },
            "quarantined": { "$ref": "#/$defs/gated_or_zero" },
            "screened_out": { "$ref": "#/$defs/gated_or_zero" },
            "kept": {
              "description": "beyond_bound + counted", "type": "integer", "minimum": \(rules.minimumConversations)
            },
            "beyond_bound": { "$ref": "#/$defs/gated_or_zero" },
            "counted": {
              "description": "in_leaves + rolled_up", "type": "integer", "minimum": \(rules.minimumConversations)
            },
            "in_leaves": { "type": "integer", "minimum": \(rules.minimumConversations) },
            "rolled_up": { "type": "integer", "minimum": 0 }
          }
        },
        "clusters": {
          "description": "The published tree, parents before children; the first is the root.",
          "type": "array",
          "minItems": 1,
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "cluster_id", "parent_id", "level", "path", "label", "description", "n_users", "n_conversations",
              "n_users_low", "n_users_high", "n_conversations_low", "n_conversations_high", "share", "share_low", "share_high", "x", "y", "stability",
              "taxonomy_topic", "top_terms", "n_conversations_rolled_up"
            ],
            "properties": {
              "cluster_id": { "type": "string", "pattern": "^c[0-9]+$" },
              "parent_id": { "type": ["string", "null"], "pattern": "^c[0-9]+$" },
              "level": { "type": "integer", "minimum": 0 },
              "path": { "type": "string", "pattern": "^c0(/c[0-9]+)*$" },
              "label": { "type": "string", "minLength": 1 },
              "description": { "type": "string", "minLength": 1 },
              "n_users": { "type": "integer", "minimum": \(rules.minimumUsers) },
              "n_conversations": { "type": "integer", "minimum": \(rules.minimumConversations) },
              "n_users_low": { "$ref": "#/$defs/end" },
              "n_users_high": { "$ref": "#/$defs/end" },
              "n_conversations_low": { "$ref": "#/$defs/end" },
              "n_conversations_high": { "$ref": "#/$defs/end" },
              "share": { "$ref": "#/$defs/share" },
              "share_low": { "$ref": "#/$defs/share" },
              "share_high": { "$ref": "#/$defs/share" },
              "x": { "$ref": "#/$defs/share_or_none" },
              "y": { "$ref": "#/$defs/share_or_none" },
              "stability": { "$ref": "#/$defs/share_or_none" },
              "taxonomy_topic": { "type": ["string", "null"], "minLength": 1 },
              "top_terms": { "type": "array", "items": { "type": "string", "minLength": 1 }, "uniqueItems": true },
              "n_conversations_rolled_up": { "type": "integer", "minimum": 0 }
            }
          }
        },
        "facets": {
          "description": "The properties that were counted in the clusters.",
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["name", "parts", "ordered", "sensitive"],
            "properties": {
              "name": { "type": "string", "minLength": 1 },
              "parts": { "type": "array", "items": { "type": "string", "minLength": 1 } },
              "ordered": { "type": "boolean" },
              "sensitive": { "type": "boolean" }
            }
          }
        },
        "cluster_facets": {
          "description": "Published counts of facet values. A missing cell says nothing.",
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": ["cluster_id", "facet", "value", "n_users", "n_conversations",
              "n_users_low", "n_users_high", "n_conversations_low", "n_conversations_high", "share"],
            "properties": {
              "cluster_id": { "type": "string", "pattern": "^c[0-9]+$" },
              "facet": { "type": "string", "minLength": 1 },
              "value": { "type": "string" },
              "n_users": { "type": "integer", "minimum": \(rules.minimumFacetUsers) },
              "n_conversations": { "type": "integer", "minimum": \(rules.minimumFacetConversations) },
              "n_users_low": { "$ref": "#/$defs/end" },
              "n_users_high": { "$ref": "#/$defs/end" },
              "n_conversations_low": { "$ref": "#/$defs/end" },
              "n_conversations_high": { "$ref": "#/$defs/end" },
              "share": { "$ref": "#/$defs/share" }
            }
          }
        },
        "coverage": {
          "description": "Per facet value, what the clusters at the bottom show of it, and the rest.",
          "type": "array",
          "items": {
            "type": "object",
            "additionalProperties": false,
            "required": [
              "facet", "value", "n_conversations_released", "n_conversations_rolled_up", "share_released",
              "share_rolled_up"
            ],
            "properties": {
              "facet": { "type": "string", "minLength": 1 },
              "value": { "type": "string" },
              "n_conversations_released": { "type": "integer", "minimum": 0 },
              "n_conversations_rolled_up": { "type": "integer", "minimum": 0 },
              "share_released": { "$ref": "#/$defs/share" },
              "share_rolled_up": { "$ref": "#/$defs/share" }
            }
          }
        },
    \(study(rules))
      },
      "$defs": {
        "share": { "type": "number", "minimum": 0, "maximum": 1 },
        "share_or_none": { "type": ["number", "null"], "minimum": 0, "maximum": 1 },
        "end": {
          "description": "End of the 95 % interval of a noised count; null where nothing is noised.",
          "type": ["integer", "null"], "minimum": 0
        },
        "gated_or_zero": {
          "type": "integer", "anyOf": [{ "const": 0 }, { "minimum": \(rules.minimumConversations) }]
        }
      }
    }

    """
  }
}
